import Basics
import Plots

/// The frame of a page: one file that loads nothing and reads well without its script.
enum HTMLPage {
  /// The whole document around a body that is well-formed already.
  ///
  /// A content policy forbids every network access and every script but the page's own.
  static func document(title: String, body: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="en" xmlns="http://www.w3.org/1999/xhtml">
    <head>
    <meta charset="utf-8"/>
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; \
    style-src 'unsafe-inline'; script-src 'sha256-\(scriptDigest)'"/>
    <meta name="viewport" content="width=device-width, initial-scale=1"/>
    <meta name="color-scheme" content="light dark"/>
    <meta name="generator" content="formatspread"/>
    <title>\(PlotText.escaped(title))</title>
    <style>
    \(style)
    </style>
    </head>
    <body>
    <a class="skip" href="#main">Skip to the result</a>
    \(body)<script>\(script)</script>
    </body>
    </html>

    """
  }

  /// The end of a page.
  static func footer(_ version: String) -> String {
    "<footer><p>Made by formatspread \(HTML.text(version)) from what the run stored. Colours: Okabe and "
      + "Ito’s set, which colour-blind readers can tell apart.</p></footer>\n"
  }

  /// Sorts a table of formats by the column whose heading is clicked; nothing needs it.
  static let script = """

    document.querySelectorAll("table.sortable").forEach(function (table) {
      var body = table.tBodies[0];
      table.querySelectorAll("thead th").forEach(function (head, column) {
        var button = document.createElement("button");
        button.type = "button";
        button.textContent = head.textContent;
        head.textContent = "";
        head.appendChild(button);
        button.addEventListener("click", function () {
          var up = head.getAttribute("aria-sort") !== "ascending";
          table.querySelectorAll("thead th").forEach(function (other) {
            other.removeAttribute("aria-sort");
          });
          head.setAttribute("aria-sort", up ? "ascending" : "descending");
          function key(row) {
            var text = row.cells[column].textContent;
            var number = parseFloat(text.replace(/,/g, ""));
            return isNaN(number) ? text : number;
          }
          Array.from(body.rows).sort(function (a, b) {
            var x = key(a), y = key(b);
            var order = typeof x === typeof y ? (typeof x === "number" ? x - y : x.localeCompare(y))
              : (typeof x === "number" ? -1 : 1);
            return up ? order : -order;
          }).forEach(function (row) { body.appendChild(row); });
        });
      });
    });

    """

  static var scriptDigest: String {
    let digits = Array(SHA256.hex(script).utf8)
    let bytes = stride(from: 0, to: digits.count, by: 2).compactMap {
      UInt8(String(decoding: digits[$0..<($0 + 2)], as: UTF8.self), radix: 16)
    }
    return Base64.text(bytes)
  }

  /// Light by default, dark where the reader's system asks for it, light again on paper.
  private static let style = """
    :root{color-scheme:light dark;\(Palette.light.variables)}
    @media (prefers-color-scheme:dark){:root{\(Palette.dark.variables)}}
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
    body{margin:0;background:var(--background);color:var(--ink);font:1rem/1.55 system-ui,\
    -apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif;overflow-wrap:anywhere}
    header,main,footer,nav{max-width:53rem;margin:0 auto;padding:0 1rem}
    header{padding-top:1.5rem}
    h1{font-size:1.05rem;font-weight:600;color:var(--muted);margin:0}
    h2{font-size:1.35rem;line-height:1.3;margin:2.5rem 0 .75rem}
    h3{font-size:1.1rem;line-height:1.3;margin:2rem 0 .5rem}
    p{margin:.6rem 0;max-width:44rem}
    .verdict{font-size:1.4rem;line-height:1.35;font-weight:600;margin:.5rem 0;max-width:none;\
    text-wrap:pretty}
    .task .verdict{font-size:1.2rem}
    .muted,figcaption,caption{color:var(--muted)}
    .problem{border-left:4px solid var(--warning);padding:.4rem .8rem;background:var(--surface);\
    max-width:none}
    a{color:var(--link)}
    a:focus-visible,summary:focus-visible,button:focus-visible,[tabindex]:focus-visible{outline:3px \
    solid var(--link);outline-offset:2px}
    .skip{position:absolute;left:-999rem}.skip:focus{position:static}
    nav ul{padding:0;margin:.8rem 0;display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;list-style:none}
    nav a{display:inline-block;padding:.15rem 0}
    figure{margin:1rem 0}
    figcaption,caption{font-size:.9rem}
    svg.plot{display:block;width:100%;height:auto}
    svg.narrow{display:none}
    .map{display:block;width:100%;max-width:800px;height:auto;min-height:7rem;max-height:26rem;\
    image-rendering:pixelated;border:1px solid var(--rule);background:var(--surface)}
    .key{display:inline-block;width:.85em;height:.85em;margin:0 .35em 0 0;vertical-align:-.05em;\
    border:1px solid var(--muted)}
    .keys{margin:.3rem 0}.keys>span{margin-right:1.2em;white-space:nowrap}
    .scroll{overflow-x:auto;margin:.8rem 0;background:\
    linear-gradient(90deg,var(--background) 50%,transparent) 0 0/2rem 100% no-repeat local,\
    linear-gradient(270deg,var(--background) 50%,transparent) 100% 0/2rem 100% no-repeat local,\
    linear-gradient(90deg,var(--rule),transparent) 0 0/.7rem 100% no-repeat scroll,\
    linear-gradient(270deg,var(--rule),transparent) 100% 0/.7rem 100% no-repeat scroll}
    table{border-collapse:collapse;font-variant-numeric:tabular-nums}
    caption{text-align:left;padding:.2rem 0;max-width:calc(100vw - 2rem)}
    th,td{text-align:left;padding:.3rem .7rem;border-bottom:1px solid var(--rule);vertical-align:top;\
    font-weight:400;overflow-wrap:normal}
    th code,code.atom{white-space:pre;overflow-wrap:normal}
    thead th{background:var(--surface);font-weight:600}
    th.n,td.n{text-align:right;white-space:nowrap}
    td:last-child:not(.n){min-width:11rem}
    th button{font:inherit;color:inherit;background:none;border:0;padding:0;cursor:pointer;\
    text-decoration:underline dotted}
    code,pre{font-family:ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace;font-size:.9rem}
    code{overflow-wrap:anywhere;white-space:pre-wrap}
    pre.template{white-space:pre-wrap;background:var(--surface);border:1px solid var(--rule);\
    padding:.7rem;margin:.4rem 0;line-height:1.5;max-height:28rem;overflow:auto}
    pre i,code i{font-style:normal;color:var(--muted)}
    pre b,code b{font-weight:600;color:var(--link)}
    mark{background:var(--mark);color:var(--ink);text-decoration:underline;\
    text-decoration-thickness:2px;text-underline-offset:3px}
    mark i,mark b{color:inherit}
    .sides{display:grid;grid-template-columns:1fr 1fr;gap:1rem}
    .side{margin:.2rem 0;font-weight:600}
    h4{font-size:1rem;margin:1.5rem 0 .4rem}
    .ends{font-weight:400}
    dl{margin:.8rem 0}
    dl>div{display:grid;grid-template-columns:12rem 1fr;gap:0 1rem;padding:.3rem 0;\
    border-bottom:1px solid var(--rule)}
    dt{color:var(--muted)}dd{margin:0}
    .measures dt{color:var(--ink)}.measures dd strong{display:block}
    summary{cursor:pointer;padding:.4rem 0;font-weight:600}
    footer{color:var(--muted);padding-top:2rem;padding-bottom:2rem;font-size:.9rem}
    @media (max-width:720px){svg.wide{display:none}svg.narrow{display:block}\
    .sides{grid-template-columns:1fr}dl>div{grid-template-columns:1fr}.verdict{font-size:1.2rem}\
    th,td{padding:.3rem .45rem}}
    @media (max-width:480px){th,td{padding:.3rem .22rem;font-size:.8rem}\
    th code,td code{font-size:.78rem}thead th.n{white-space:normal}\
    td:last-child:not(.n){min-width:6.5rem}}
    @media print{:root{\(Palette.light.variables)}body{font-size:10.5pt}.skip,nav{display:none}\
    svg.wide{display:block}svg.narrow{display:none}header,main,footer{max-width:none;padding:0}\
    figure,table,.sides,pre.template{break-inside:avoid}h2,h3{break-after:avoid}\
    .scroll{overflow:visible;background:none}dl>div{break-inside:avoid}\
    pre.template{max-height:none}*{print-color-adjust:exact;\
    -webkit-print-color-adjust:exact}}
    \(Drawing.pageStyle)
    """
}

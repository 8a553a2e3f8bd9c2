import Foundation

@main
enum Main {
  static func main() async {
    // A reader that goes away (`| head`) must not kill the run before it has said where its files are.
    signal(SIGPIPE, SIG_IGN)
    exit(await Tool.run(Array(CommandLine.arguments.dropFirst())))
  }
}

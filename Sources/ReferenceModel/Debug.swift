extension ReferenceModel {
  package func gateValue(_ p: String) -> Float { Reader(p, corpus: corpus, tilt: tilt).gate }
  package var info: String { "rows \(tilt.numbering.count) gates \(tilt.gateWeights.count) max gate w \(tilt.gateWeights.max() ?? 0) branch \(tilt.branchings.count)" }
}

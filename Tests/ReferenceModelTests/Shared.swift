import ReferenceModel

/// One model for all tests: it takes a moment to learn.
let model = ReferenceModel()

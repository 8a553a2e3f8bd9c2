/// A failure of a model, with what it means for the request and for the model.
package struct ModelError: Error, Sendable, Hashable, CustomStringConvertible {
  /// One line without a trailing newline that names the model, the fault and, where known, the remedy.
  package var message: String
  /// Whether the same request may succeed later.
  package var retry: RetryDecision
  /// Whether only this request failed, or the model is gone for all of them.
  package var scope: Scope

  package enum Scope: Sendable, Hashable {
    case request
    case model
  }

  package init(_ message: String, retry: RetryDecision, scope: Scope = .request) {
    self.message = message
    self.retry = retry
    self.scope = scope
  }

  package var description: String { message }

  /// The error of every call after `close()`.
  package static let closed = ModelError("the model was closed", retry: .no, scope: .model)
}

/// Whether a failed request is worth another try.
package enum RetryDecision: Sendable, Hashable {
  /// Never: the same request fails again.
  case no
  /// After a pause.
  case transient
  /// After the time that the model asked for, and with fewer requests at once.
  case rateLimit(after: Duration?)
}

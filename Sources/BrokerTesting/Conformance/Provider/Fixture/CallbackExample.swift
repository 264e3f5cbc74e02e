public import IdentityBroker

/// A text that another app returns to the user's app, and what a ``CallbackReading`` provider must find in it.
public struct CallbackExample: Sendable {
    /// What must be found.
    public enum Outcome: Sendable, Equatable {
        /// A credential with this text.
        case credential(String)
        /// A failure of this kind.
        case failure(BrokerError.Kind)
    }

    /// The text.
    public let text: String
    /// What must be found.
    public let outcome: Outcome

    /// Creates an example.
    public init(_ text: String, holds outcome: Outcome) {
        self.text = text
        self.outcome = outcome
    }
}

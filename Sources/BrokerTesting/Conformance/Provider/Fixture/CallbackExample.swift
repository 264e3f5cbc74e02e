public import IdentityBroker

/// A text that another app hands back to the user's app, and what a ``CallbackReading`` provider has to find in it.
public struct CallbackExample: Sendable {
    /// What has to be found.
    public enum Outcome: Sendable, Equatable {
        /// A credential with this text.
        case credential(String)
        /// A failure of this kind.
        case failure(BrokerError.Kind)
    }

    /// The text.
    public let text: String
    /// What has to be found.
    public let outcome: Outcome

    /// Describes a text.
    public init(_ text: String, holds outcome: Outcome) {
        self.text = text
        self.outcome = outcome
    }
}

package import IdentityBroker

/// What changes a store: its commits by their purpose, and the purge.
public enum StoreStep: String, Sendable, Hashable, CaseIterable {
    /// A commit that reserves a credential.
    case reserve
    /// A commit of an event alone.
    case append
    /// A commit that settles a reservation and writes an event.
    case conclude
    /// `BrokerStore.purge(at:atMost:)`.
    case purge
    /// A commit with a sign-in.
    case signIn
    /// A commit of records and an event.
    case commit
}

extension StoreStep {
    /// The purpose of a commit: what it reserves, signs in or settles comes first, then its records.
    package init(of operations: [StoreOperation]) {
        var step = Self.append
        for operation in operations {
            switch operation {
            case .reserve: step = .reserve
            case .signIn: if step != .reserve { step = .signIn }
            case .settle: if step != .reserve, step != .signIn { step = .conclude }
            case .put, .require, .consume, .delete, .deleteAll: if step == .append { step = .commit }
            case .append: continue
            }
        }
        self = step
    }
}

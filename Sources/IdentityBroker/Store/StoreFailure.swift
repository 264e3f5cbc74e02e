/// Why a store did not do what it was asked to.
public struct StoreFailure: Error, Sendable, Hashable {
    /// Whether the change may have been made anyway, as when a database's answer is lost.
    public var mayHaveHappened: Bool
    /// What happened, for the operator's log; contains no secret.
    public var message: String
    /// The kind of failure.
    public var reason: Reason

    /// Makes a failure.
    public init(_ message: String, mayHaveHappened: Bool, reason: Reason = .failed) {
        self.message = message
        self.mayHaveHappened = mayHaveHappened
        self.reason = reason
    }
}

extension StoreFailure {
    /// What kind of failure a store had: low in cardinality, fit for a metric label.
    public struct Reason: Sendable, Hashable {
        fileprivate enum Code: String, Sendable, CaseIterable {
            case failed
            case full
            case locked
            case late
            case overloaded
            case replaced
            case incomplete
            case readOnly = "read_only"
            case unreachable
            case closed
            case corrupt
            case denied
            case unsuitable
            case superseded
        }

        fileprivate let code: Code

        /// The word in snake case, as it appears in metrics.
        public var rawValue: String { code.rawValue }

        /// All reasons.
        public static var allReasons: [Reason] { Code.allCases.map(Reason.init(code:)) }

        /// Anything else.
        public static let failed = Reason(code: .failed)
        /// There is no room, on disk or within the store's limits.
        public static let full = Reason(code: .full)
        /// Another program holds the lock.
        public static let locked = Reason(code: .locked)
        /// It did not answer in time.
        public static let late = Reason(code: .late)
        /// Too many calls already wait for it.
        public static let overloaded = Reason(code: .overloaded)
        /// Its file was deleted, replaced or truncated while it was open.
        public static let replaced = Reason(code: .replaced)
        /// Tables or columns are missing.
        public static let incomplete = Reason(code: .incomplete)
        /// It accepts no writes.
        public static let readOnly = Reason(code: .readOnly)
        /// Its server or its disk cannot be reached.
        public static let unreachable = Reason(code: .unreachable)
        /// It was closed.
        public static let closed = Reason(code: .closed)
        /// Its contents are damaged. An operator has to restore them.
        public static let corrupt = Reason(code: .corrupt)
        /// The broker's database user lacks a permission that only an operator can grant.
        public static let denied = Reason(code: .denied)
        /// Its version or type is one that the broker cannot use.
        public static let unsuitable = Reason(code: .unsuitable)
        /// A newer version of the broker has migrated it since this process opened it.
        public static let superseded = Reason(code: .superseded)

        /// Whether retrying is useless until an operator acts.
        package var needsOperator: Bool { [.corrupt, .denied, .unsuitable].contains(code) }

        /// What happened and what to do. It contains no path or server name.
        var advice: String {
            switch code {
            case .failed: "The broker's store failed. Its log says how. Try again later."
            case .full: "The broker's store is full. Make room for it, then try again."
            case .locked: "Another program holds the lock of the broker's store. End that program, or try again later."
            case .late: "The broker's store did not answer in time. Try again later."
            case .overloaded: "The broker's store has more to do than it can. Try again later."
            case .replaced:
                "The broker's store was deleted, replaced or truncated while it was open. Do what the broker's log says."
            case .incomplete: "The broker's store has lost a table or a column. Do what the broker's log says."
            case .readOnly: "The broker's store takes no writes. Make it writable, then try again."
            case .unreachable: "The broker's store cannot be reached. Check its server or disk, then try again."
            case .closed: "The broker's store is closed, because the broker is being stopped."
            case .corrupt: "The broker's store is corrupt. Stop the broker and restore the store from a backup."
            case .denied: "The broker's user may not do this in its store. Grant the permission that the log names."
            case .unsuitable: "The broker cannot use its store. Its log says why."
            case .superseded:
                "A newer version of the broker has migrated the store. Stop this process, and run that version."
            }
        }
    }
}

extension StoreFailure.Reason: CustomStringConvertible {
    /// The word in snake case.
    public var description: String { rawValue }
}

extension BrokerError {
    /// The caller's error for a failure of the store: for operators, since it describes an internal problem.
    ///
    /// - Parameter consequence: The consequence, in a sentence.
    package init(_ failure: StoreFailure, consequence: String? = nil) {
        let kind: Kind = failure.reason.needsOperator ? .misconfigured : .unavailable
        self = BrokerError(kind, [consequence, failure.reason.advice].compactMap(\.self).joined(separator: " "))
            .forOperators()
    }
}

import GRDB
import IdentityBroker

/// A caller's work in a transaction, and how to notify the caller.
struct PendingOperation: Sendable {
    /// Performs it, and returns the closure that notifies the caller once it is on disk.
    let perform: @Sendable (Database) throws -> @Sendable () -> Void
    /// Notifies the caller of a failure.
    let fail: @Sendable (StoreFailure) -> Void

    private let call: StoreCall?

    init<Answer: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Answer,
        answering continuation: CheckedContinuation<Result<Answer, StoreFailure>, Never>
    ) {
        call = .current
        call?.wait()
        perform = { database in
            let answer = try body(database)
            return { continuation.resume(returning: .success(answer)) }
        }
        fail = { continuation.resume(returning: .failure($0)) }
    }

    /// Reports that its turn has come.
    ///
    /// - Returns: Whether anyone still waits for it.
    func begin() -> Bool { call?.begin() ?? true }
}

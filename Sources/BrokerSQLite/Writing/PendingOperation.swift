import GRDB
import IdentityBroker

/// What a caller wants done in a transaction, and how the caller learns of it.
struct PendingOperation: Sendable {
    /// Does it, and returns what tells the caller once it is on disk.
    let perform: @Sendable (Database) throws -> @Sendable () -> Void
    /// Tells the caller that it failed.
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

    /// Says that its turn has come.
    ///
    /// - Returns: Whether somebody waits for it still.
    func begin() -> Bool { call?.begin() ?? true }
}

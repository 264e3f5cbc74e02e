public import ArgumentParser
import Dispatch

/// A command that measures in a task while the main thread waits.
///
/// With an asynchronous `main`, the main thread would run Dispatch's loop, in which valgrind 3.19 crashes: its
/// `sigsuspend` writes to the signal mask, and Dispatch's is read-only.
public protocol BlockingCommand: ParsableCommand, Sendable {
    /// What the command does.
    func measure() async throws
}

extension BlockingCommand {
    /// Runs the measurement and waits for it.
    public func run() throws {
        let end = DispatchSemaphore(value: 0)
        Task {
            do { try await measure() } catch { Self.exit(withError: error) }
            end.signal()
        }
        end.wait()
    }
}

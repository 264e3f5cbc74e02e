public import ArgumentParser
import Dispatch

/// A command that measures in a task, for which the main thread waits.
///
/// An asynchronous `main` would have it run Dispatch's loop, in which valgrind 3.19 crashes: its `sigsuspend` writes to the
/// mask, and Dispatch's cannot be written to.
public protocol BlockingCommand: ParsableCommand, Sendable {
    /// What the command does.
    func measure() async throws
}

extension BlockingCommand {
    /// Measures, and waits for it.
    public func run() throws {
        let end = DispatchSemaphore(value: 0)
        Task {
            do { try await measure() } catch { Self.exit(withError: error) }
            end.signal()
        }
        end.wait()
    }
}

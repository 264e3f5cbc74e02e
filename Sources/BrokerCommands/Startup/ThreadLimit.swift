import Foundation
import IdentityBroker

/// How many threads the process may start.
///
/// Without enough of them, the concurrency runtime waits for one forever, or traps, and says nothing.
enum ThreadLimit {
    /// The threads of a command that does one thing: a few of the concurrency pool, of the store and of the transport.
    static let ofCommand = 10

    /// The threads of a service: its pool and its event loops each have one for a processor.
    static var ofService: Int { 2 * ProcessInfo.processInfo.activeProcessorCount + 8 }

    /// Checks that the process can start this many threads.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` if it cannot.
    static func check(_ count: Int) throws(BrokerError) {
        guard !canStart(count) else { return }
        throw .misconfigured(
            """
            This process cannot start \(count) threads. Raise its limit of processes ('ulimit -u', systemd's TasksMax, \
            or a container's pids limit), or of memory ('ulimit -v').
            """)
    }

    /// Whether that many threads can run at once, besides those that already do.
    private static func canStart(_ count: Int) -> Bool {
        // They wait for the lock, so that none ends before the last one has started.
        let gate = Locked(0)
        let threads = gate.withLock { _ in (0..<count).compactMap { _ in WorkerThread { gate.withLock { $0 += 1 } } } }
        for thread in threads { thread.join() }
        return threads.count == count
    }
}

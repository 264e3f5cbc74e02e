public import CoreMetrics
import Dispatch
import Foundation
public import IdentityBroker

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Where log lines go: a file descriptor that all log handlers of a process share, so that lines do not mix.
///
/// Logging never blocks. A separate thread writes the lines, in order. If the reader is slow, up to 2 MiB of lines
/// wait; further lines are dropped and counted in `broker_log_lines_dropped_total`, and the log reports their number
/// once there is room. Without a reader, or on a full disk, lines are dropped in the same way.
public final class LogOutput: Sendable {
    private let writer: LogWriter

    /// Creates an output.
    ///
    /// - Parameters:
    ///   - descriptor: An open file descriptor, by default standard error. The caller keeps it and may close it: the
    ///     output uses a duplicate.
    ///   - metrics: Where dropped lines are counted; nil to not count them.
    ///   - clock: The source of the time.
    public init(descriptor: Int32 = 2, metrics: (any MetricsFactory)? = nil, clock: BrokerClock = .system) {
        writer = LogWriter(descriptor: descriptor, capacity: 2 * 1024 * 1024, metrics: metrics, clock: clock)
    }

    /// Queues a line for writing and returns at once.
    func write(_ line: [UInt8]) {
        writer.write(line)
    }

    /// Waits until everything logged before this call is written, but no longer than `timeout`.
    public func flush(within timeout: Duration) async {
        await writer.flush(within: timeout)
    }
}

/// Writes lines on its own thread.
private final class LogWriter: Sendable {
    /// A duplicate that only this output uses and closes; -1 if there is none.
    private let descriptor: Int32
    private let buffer: Locked<LogBuffer>
    private let queue = DispatchQueue(label: "identity-broker.log")
    private let dropped: Counter?
    private let clock: BrokerClock

    init(descriptor: Int32, capacity: Int, metrics: (any MetricsFactory)?, clock: BrokerClock) {
        self.descriptor = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
        self.clock = clock
        buffer = Locked(LogBuffer(capacity: capacity))
        dropped = metrics.map { Counter(label: "broker_log_lines_dropped_total", factory: $0) }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    func write(_ line: [UInt8]) {
        let (isTaken, wantsWriter) = buffer.withLock { $0.add(line) }
        if !isTaken { dropped?.increment() }
        if wantsWriter { queue.async { self.writeAll() } }
    }

    func flush(within timeout: Duration) async {
        let finish = Finish<Void>()
        queue.async { finish.cross(with: ()) }
        let deadline = DispatchTime.now() + timeout / .seconds(1)
        DispatchQueue.global().asyncAfter(deadline: deadline) { finish.cross(with: ()) }
        await finish.winner()
    }

    private func writeAll() {
        // A report that cannot be written is kept, and written after the next lines for which there is room.
        var unreported = 0
        while let load = buffer.withLock({ $0.next() }) {
            if load.lines > 0, !put(load.bytes) {
                dropped?.increment(by: load.lines)
                unreported += load.lines
            }
            unreported += load.dropped
            if unreported > 0, put(report(of: unreported)) { unreported = 0 }
        }
    }

    private func report(of count: Int) -> [UInt8] {
        var line = JSONLine()
        line.add("ts", clock.now().formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
        line.add("level", "warning")
        line.add("logger", "broker")
        line.add("msg", "log lines were dropped")
        line.add("broker.log.dropped", json: Array("\(count)".utf8))
        return line.text
    }

    /// Writes all the bytes, waiting for the reader if necessary.
    ///
    /// - Returns: Whether they were written.
    private func put(_ bytes: [UInt8]) -> Bool {
        guard descriptor >= 0 else { return false }
        var rest = bytes[...]
        while !rest.isEmpty {
            let (count, failure) = rest.withUnsafeBytes { writeWithoutSignal(descriptor, $0) }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if failure == EAGAIN {
                var event = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&event, 1, -1)
            } else if failure != EINTR {
                return false
            }
        }
        return true
    }
}

/// Like `write`, but raises no `SIGPIPE` when there is no reader; the signal would end the process unless it is
/// ignored.
private func writeWithoutSignal(_ descriptor: Int32, _ buffer: UnsafeRawBufferPointer) -> (count: Int, failure: Int32) {
    var (pipe, previous) = (sigset_t(), sigset_t())
    sigemptyset(&pipe)
    sigaddset(&pipe, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &pipe, &previous)
    defer { pthread_sigmask(SIG_SETMASK, &previous, nil) }
    let count = write(descriptor, buffer.baseAddress, buffer.count)
    let failure = count < 0 ? errno : 0
    if failure == EPIPE {
        // The signal goes to the writing thread, and is consumed before it can be delivered.
        var pending = sigset_t()
        sigpending(&pending)
        var signal: Int32 = 0
        if sigismember(&pending, SIGPIPE) == 1 { sigwait(&pipe, &signal) }
    }
    return (count, failure)
}

/// A bounded buffer of log lines that wait to be written. Lines that do not fit are dropped and counted.
struct LogBuffer: Sendable {
    /// Lines to write in one go.
    struct Load: Sendable {
        var bytes: [UInt8] = []
        var lines = 0
        /// The number of lines that came after these and were dropped.
        var dropped = 0
    }

    private let capacity: Int
    private var waiting = Load()
    private var isBeingWritten = false

    /// - Parameter capacity: The number of bytes that may wait.
    init(capacity: Int) {
        self.capacity = capacity
    }

    /// Adds a line.
    ///
    /// - Returns: Whether there was room, and whether a writer must be started.
    mutating func add(_ line: [UInt8]) -> (isTaken: Bool, wantsWriter: Bool) {
        // Once a line is dropped, no other is taken until the writer has emptied the buffer, so that there is one gap.
        guard waiting.dropped == 0, waiting.bytes.count + line.count <= capacity else {
            waiting.dropped += 1
            return (false, false)
        }
        waiting.bytes += line
        waiting.lines += 1
        defer { isBeingWritten = true }
        return (true, !isBeingWritten)
    }

    /// What to write next; nil if nothing waits and the writer may stop.
    mutating func next() -> Load? {
        guard waiting.lines > 0 || waiting.dropped > 0 else {
            isBeingWritten = false
            return nil
        }
        defer { waiting = Load() }
        return waiting
    }
}

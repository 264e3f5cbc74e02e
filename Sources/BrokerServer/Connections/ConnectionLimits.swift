import NIOCore

/// The limits of one connection: time, memory, and request size.
struct ConnectionLimits: Sendable, Hashable {
    /// The longest time without any part of a request.
    var idleTime = TimeAmount.seconds(30)
    /// The same for a connection of a trusted proxy: longer than proxies keep theirs, which otherwise send requests on
    /// connections that are just being closed.
    var proxyIdleTime = TimeAmount.seconds(120)
    /// The longest time from the first byte of a request head to its last.
    var headTime = TimeAmount.seconds(10)
    /// The longest time from the end of a request head to the end of the body.
    var bodyTime = TimeAmount.seconds(10)
    /// The longest time that a client may take to receive an answer.
    var answerTime = TimeAmount.seconds(20)
    /// How long a connection closed on our side waits for the client to close it, so that a reset does not lose the
    /// last answer (RFC 9112 §9.6).
    var lingerTime = TimeAmount.seconds(2)
    /// The longest time for a request to arrive, or its answer to be received, during shutdown.
    var drainTime = TimeAmount.seconds(3)
    /// How long a connection without a request stays open during shutdown. A request may be on its way from a client
    /// that does not know yet; later ones are not accepted.
    var drainIdleTime = TimeAmount.seconds(1)

    /// The longest request body, in bytes.
    var bodySize = 64 * 1024
    /// The overhead of a chunked body, in bytes: size lines, extensions and trailers. A quarter of the body is allowed
    /// in addition.
    var chunkOverhead = 4 * 1024
    /// The longest field of a request head, in bytes; also the limit for the request target.
    var fieldSize = 16 * 1024
    /// The longest request head, in bytes.
    var headSize = 32 * 1024
    /// The maximum number of fields in a request head.
    var fieldCount = 100
    /// How much is kept of what a client sends beyond the current request, in bytes. If there is more, the connection
    /// ends after the current answer.
    var pipelineSize = 64 * 1024
    /// How many requests in a row are taken from bytes that arrived with an earlier one; the connection ends with the
    /// answer to the last (RFC 9112 §9.3.2). An event loop that always finds another request in memory would look at no
    /// other connection.
    var pipelineDepth = 8
    /// How much of an answer waits in memory before writing pauses, in bytes, and how little before it resumes.
    var writeBufferSize = 16 * 1024
    var writeBufferRest = 4 * 1024

    /// The limits of a connection with this peer.
    func applied(to peer: ConnectionPeer) -> ConnectionLimits {
        guard peer == .trustedProxy else { return self }
        var limits = self
        limits.idleTime = proxyIdleTime
        return limits
    }
}

/// Enforces a connection's deadlines, on its event loop.
final class ConnectionAlarm {
    private var next: (time: NIODeadline, task: Scheduled<Void>)?
    private var isOver = false

    /// Sets the alarm, unless it already goes off earlier. An early alarm is set again when it goes off: most deadlines
    /// are replaced before that.
    ///
    /// - Parameters:
    ///   - deadline: The latest time for it to go off; nil if there is nothing to wait for.
    ///   - action: What to do then. It sets the next alarm.
    func set(for deadline: NIODeadline?, on eventLoop: any EventLoop, _ action: @escaping () -> Void) {
        guard let deadline, !isOver else { return }
        if let next {
            guard deadline < next.time else { return }
            next.task.cancel()
        }
        let task = eventLoop.assumeIsolated().scheduleTask(deadline: deadline) { [weak self] in
            self?.next = nil
            action()
        }
        next = (deadline, task)
    }

    /// Cancels it for good.
    func end() {
        isOver = true
        next?.task.cancel()
        next = nil
    }
}

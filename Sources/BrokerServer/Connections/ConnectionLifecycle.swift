import NIOCore

/// What a connection is doing, until when, and what comes next.
///
/// Requests are processed one at a time: the next is read when the answer to the last has been written.
struct ConnectionLifecycle: Sendable, Hashable {
    enum Phase: Sendable, Hashable {
        /// No part of a request has arrived.
        case idle
        /// A request head is arriving.
        case head
        /// A request body is arriving.
        case body
        /// A complete request is being answered.
        case answer
        /// The last answer has been written; the client has yet to close the connection.
        case linger
    }

    /// What to do about an event.
    enum Action: Sendable, Hashable {
        case wait
        /// Answer a request that was not passed on, or not completely; then the connection ends.
        case refuse(RequestRefusal)
        /// Close the connection now.
        case close
    }

    /// What follows an answer.
    enum Continuation: Sendable, Hashable {
        /// Another request may be read.
        case next
        /// Our side of the connection is closed.
        case linger
    }

    private let limits: ConnectionLimits
    private(set) var phase = Phase.idle
    /// When to call ``expire(at:)``; nil for never.
    private(set) var deadline: NIODeadline?
    /// Whether the connection ends with the answer to the request.
    private(set) var isLast = false
    /// Whether the request was refused: the refusal is its only answer, and the connection's last.
    private(set) var isRefused = false
    private var answerHasBegun = false
    private var isDraining = false
    private var inputHasEnded = false

    init(_ limits: ConnectionLimits, at now: NIODeadline) {
        self.limits = limits
        deadline = now + limits.idleTime
    }

    /// Whether a partially received request can still be answered otherwise.
    private var canRefuse: Bool { !answerHasBegun && phase != .linger }

    /// Records that the first byte of a request arrived.
    mutating func beginRequest(at now: NIODeadline) {
        guard phase == .idle else { return }
        phase = .head
        deadline = now + (isDraining ? limits.drainTime : limits.headTime)
    }

    /// Records that a request head arrived.
    mutating func endHead(_ framing: RequestFraming, at now: NIODeadline) {
        phase = .body
        isLast = isLast || !framing.isPersistent
        setDeadline(now + limits.bodyTime)
    }

    /// Records that a request arrived completely.
    mutating func endRequest(at now: NIODeadline) {
        guard phase == .body else { return }
        phase = .answer
        if !answerHasBegun { deadline = nil }
    }

    /// Records that the first part of the final answer is written.
    mutating func beginAnswer(isLast: Bool, at now: NIODeadline) {
        answerHasBegun = true
        self.isLast = self.isLast || isLast
        deadline = now + (isDraining ? limits.drainTime : limits.answerTime)
    }

    /// Whether the connection must end with an answer that begins now. An answer that comes before its request is
    /// complete leaves a remainder that is not worth waiting for.
    var mustEnd: Bool { isLast || isDraining || inputHasEnded || phase != .answer }

    /// Records that the answer was completely handed to the system.
    mutating func endAnswer(at now: NIODeadline) -> Continuation {
        guard !mustEnd else {
            phase = .linger
            // At shutdown, a request that does not arrive has had its time.
            deadline = isDraining && isRefused ? now : now + limits.lingerTime
            return .linger
        }
        phase = .idle
        answerHasBegun = false
        deadline = now + limits.idleTime
        return .next
    }

    /// Records that the request cannot be passed on.
    ///
    /// - Returns: `refuse` if it can be answered, `close` if another answer has begun.
    mutating func refuse(_ refusal: RequestRefusal) -> Action {
        guard !isRefused else { return .wait }
        guard canRefuse else { return phase == .linger ? .wait : .close }
        isLast = true
        isRefused = true
        return .refuse(refusal)
    }

    /// Records that the client sends nothing more, though it may still read.
    mutating func endInput() -> Action {
        inputHasEnded = true
        switch phase {
        case .idle, .linger: return .close
        case .head, .body: return refuse(.incomplete)
        case .answer: return .wait
        }
    }

    /// Records that the service writes nothing more after the current answer, if any.
    mutating func endOutput() -> Action {
        isLast = true
        return phase == .linger || answerHasBegun ? .wait : .close
    }

    /// Records that the server is shutting down.
    mutating func drain(at now: NIODeadline) -> Action {
        guard !isDraining else { return .wait }
        isDraining = true
        let time: TimeAmount
        switch phase {
        // The service decides how long it works on an answer.
        case .answer where !answerHasBegun: return .wait
        case .idle: time = limits.drainIdleTime
        case .head, .body, .answer, .linger: time = limits.drainTime
        }
        guard time > .zero else { return .close }
        deadline = min(deadline ?? now + time, now + time)
        return .wait
    }

    /// Records that the deadline has passed.
    mutating func expire(at now: NIODeadline) -> Action {
        guard let deadline, now >= deadline else { return .wait }
        self.deadline = nil
        switch phase {
        case .idle, .answer, .linger: return .close
        case .head, .body: return isRefused ? .close : refuse(.tooSlow)
        }
    }

    /// A draining connection gets no more time.
    private mutating func setDeadline(_ new: NIODeadline) {
        deadline = isDraining ? min(deadline ?? new, new) : new
    }
}

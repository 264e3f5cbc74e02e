import CLibpq
import IdentityBroker

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A connection to a server, over libpq. Its calls block the calling thread, until a deadline.
///
/// No session state is assumed across transactions, so a pooler that gives each transaction another session may sit in
/// between. A failed connection must not be used again unless it recovers.
package final class PostgresConnection {
    private let connection: OpaquePointer
    private let notices = ServerNotices()
    /// Whether the server has ended the session.
    private var isOver = false

    /// Connects.
    ///
    /// - Throws: ``PostgresFailure``; nothing has then happened.
    package init(to target: ConnectionTarget, within timeout: Duration) throws(PostgresFailure) {
        let deadline = ContinuousClock.now + timeout
        PostgresLibrary.initialize()
        guard let connection = target.withParameters({ PQconnectStartParams($0, $1, 1) }) else {
            throw PostgresFailure("out of memory", mayHaveHappened: false)
        }
        self.connection = connection
        notices.receive(on: connection)
        // libpq keeps no error code of a refused connection, and only the verbose message shows it.
        PQsetErrorVerbosity(connection, PQERRORS_VERBOSE)
        try handshake(until: deadline)
        PQsetErrorVerbosity(connection, PQERRORS_DEFAULT)
        guard PQsetnonblocking(connection, 1) == 0, PQenterPipelineMode(connection) == 1 else {
            throw failure(mayHaveHappened: false)
        }
    }

    deinit {
        PQfinish(connection)
    }

    /// Whether the server has not closed the connection, as far as can be known without asking it.
    var isOpen: Bool {
        guard !isOver else { return false }
        // What the server said before it closed the connection comes first, then the end.
        while PQstatus(connection) == CONNECTION_OK {
            guard Self.isReady(PQsocket(connection), for: POLLIN, until: .now) else { return true }
            guard PQconsumeInput(connection) == 1 else { return false }
        }
        return false
    }

    /// Runs statements in one pipeline, all sent before any is answered.
    ///
    /// - Returns: The result of each.
    /// - Throws: ``PostgresFailure``. The server then executed nothing from the failed statement on.
    package func run(_ statements: [Statement], within timeout: Duration) throws(PostgresFailure) -> [ResultRows] {
        guard !isOver else { throw PostgresFailure("the server has ended the session", mayHaveHappened: false) }
        notices.forget()
        let deadline = ContinuousClock.now + timeout
        for statement in statements { try enqueue(statement) }
        guard PQpipelineSync(connection) == 1 else { throw failure(mayHaveHappened: true) }
        try flush(until: deadline)
        return try results(of: statements, until: deadline)
    }

    /// Whether a commit of the last ``run(_:within:)`` is on the primary's disk, but a synchronous standby did not confirm it.
    var isUnconfirmed: Bool { notices.areOfCanceledWait }

    /// Prepares the connection for another transaction after a failed one.
    ///
    /// - Returns: Whether that was possible. It is not after a connection failure, and is not tried if the server is
    ///   shutting down, or has become a standby that accepts no writes: another server may be the right one by now.
    func recover(from failure: PostgresFailure) -> Bool {
        guard let code = failure.code, !code.hasPrefix("57P"), code != "25006" else { return false }
        return (try? run([Statement("ROLLBACK")], within: .seconds(2))) != nil
    }

    private func handshake(until deadline: ContinuousClock.Instant) throws(PostgresFailure) {
        guard PQstatus(connection) != CONNECTION_BAD else { throw PostgresFailure(refusedWith: message) }
        var wanted = POLLOUT
        while true {
            guard Self.isReady(PQsocket(connection), for: wanted, until: deadline) else {
                throw PostgresFailure("it does not answer", mayHaveHappened: false)
            }
            switch PQconnectPoll(connection) {
            case PGRES_POLLING_OK: return
            case PGRES_POLLING_READING: wanted = POLLIN
            case PGRES_POLLING_WRITING: wanted = POLLOUT
            default: throw PostgresFailure(refusedWith: message)
            }
        }
    }

    private func enqueue(_ statement: Statement) throws(PostgresFailure) {
        let arguments = CStringArray(statement.arguments)
        let isQueued = arguments.withPointers {
            PQsendQueryParams(connection, statement.sql, CInt(arguments.count), nil, $0, nil, nil, 0)
        }
        // Earlier queued statements may already have left.
        guard isQueued == 1 else { throw failure(mayHaveHappened: true) }
    }

    private func flush(until deadline: ContinuousClock.Instant) throws(PostgresFailure) {
        while true {
            switch PQflush(connection) {
            case 0: return
            case 1: break
            default: throw failure(mayHaveHappened: true)
            }
            // A server that waits for its answers to be read reads nothing itself.
            try wait(for: POLLIN | POLLOUT, until: deadline)
            guard PQconsumeInput(connection) == 1 else { throw failure(mayHaveHappened: true) }
        }
    }

    private func results(
        of statements: [Statement],
        until deadline: ContinuousClock.Instant
    ) throws(PostgresFailure) -> [ResultRows] {
        var answers: [ResultRows] = []
        var refusal: PostgresFailure?
        while true {
            while PQisBusy(connection) == 1 {
                try wait(for: POLLIN, until: deadline)
                guard PQconsumeInput(connection) == 1 else { throw refusal ?? failure(mayHaveHappened: true) }
            }
            guard let result = PQgetResult(connection) else {
                // The end of one statement's results; a lost connection has no other end.
                guard PQstatus(connection) == CONNECTION_OK else { throw refusal ?? failure(mayHaveHappened: true) }
                continue
            }
            defer { PQclear(result) }
            switch PQresultStatus(result) {
            case PGRES_COMMAND_OK, PGRES_TUPLES_OK:
                answers.append(ResultRows(copying: result))
            case PGRES_PIPELINE_SYNC:
                guard let refusal else { return answers }
                throw refusal
            case PGRES_PIPELINE_ABORTED:
                break
            default:
                // A session that is terminated during a commit ends after it: the server completes it first.
                if answers.count == statements.count, isEnd(result) {
                    isOver = true
                    return answers
                }
                let isCommit = statements.indices.contains(answers.count) && statements[answers.count].isCommit
                refusal = refusal ?? serverFailure(result, isOfCommit: isCommit)
            }
        }
    }

    private func wait(for events: CInt, until deadline: ContinuousClock.Instant) throws(PostgresFailure) {
        guard Self.isReady(PQsocket(connection), for: events, until: deadline) else {
            throw PostgresFailure("it does not answer", mayHaveHappened: true, kind: .late)
        }
    }

    /// libpq's message about the connection.
    private func failure(mayHaveHappened: Bool) -> PostgresFailure {
        PostgresFailure(message, mayHaveHappened: mayHaveHappened)
    }

    private var message: String {
        let message = PQerrorMessage(connection).map { String(cString: $0) } ?? ""
        return message.isEmpty ? "the connection failed" : message
    }

    /// The server's message about a statement: only the primary message, since details repeat values.
    ///
    /// - Parameter isOfCommit: Whether it is about a commit.
    private func serverFailure(_ result: OpaquePointer, isOfCommit: Bool) -> PostgresFailure {
        guard let code = field("C", of: result) else {
            // Without a code, libpq itself reports the end of the connection.
            return failure(mayHaveHappened: true)
        }
        // The end of the session is no verdict on the statement.
        return PostgresFailure(
            "\(field("M", of: result) ?? "it failed") (\(code))", code: code,
            mayHaveHappened: isOfCommit && isEnd(result))
    }

    /// Whether the server says that it ends the session (PostgreSQL, "Error and Notice Message Fields").
    private func isEnd(_ result: OpaquePointer) -> Bool {
        ["FATAL", "PANIC"].contains(field("V", of: result))
    }

    private func field(_ code: UnicodeScalar, of result: OpaquePointer) -> String? {
        PQresultErrorField(result, CInt(code.value)).map { String(cString: $0) }
    }

    private static func isReady(
        _ socket: CInt,
        for events: CInt,
        until deadline: ContinuousClock.Instant
    ) -> Bool {
        var descriptor = pollfd(fd: socket, events: Int16(truncatingIfNeeded: events), revents: 0)
        while true {
            let rest = max(.zero, ContinuousClock.now.duration(to: deadline))
            // Rounded up: a zero wait would only spin.
            let milliseconds = (rest / .milliseconds(1)).rounded(.up)
            let count = poll(&descriptor, 1, CInt(min(milliseconds, 1e9)))
            if count > 0 { return true }
            guard count < 0, errno == EINTR else { return false }
        }
    }
}

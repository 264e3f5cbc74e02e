import BrokerServer
import HTTPTypes
import Hummingbird
import IdentityBroker
import Logging

/// Waits at the loopback interface for the answer that the user's browser brings (RFC 8252 §7.3).
///
/// It takes one answer. Whatever else arrives, from whichever program on this machine, gets a page that says nothing
/// about the login, and does not end the wait.
final class CallbackListener: Sendable {
    /// Which requests bring an answer.
    struct Expectation: Sendable {
        let path: String
        let responseMode: RedirectForm.ResponseMode
        /// Whether a query or form answers the flow.
        let isAnswer: @Sendable (String) -> Bool
    }

    private struct State: Sendable {
        /// Set once the listener has a port and the login has begun.
        var expectation: Expectation?
        var authority: String?
        var isAnswered = false
    }

    private let state = Locked(State())
    private let ports = AsyncStream.makeStream(of: Int.self)
    private let answers = AsyncStream.makeStream(of: String.self)
    private let pages = AsyncStream.makeStream(of: CallbackPage.self)
    private let stops = AsyncStream.makeStream(of: Void.self)
    private let port: Int
    private let logger: Logger

    /// - Parameter port: The port; 0 for any free one.
    init(port: Int, logger: Logger) {
        self.port = port
        self.logger = logger
    }

    /// Listens until ``stop()``, and calls the operation with the port meanwhile.
    ///
    /// - Throws: ``BrokerError`` of the operation, or if the port is taken.
    func run<Value: Sendable>(
        _ operation: @escaping @Sendable (_ port: Int) async throws(BrokerError) -> Value
    ) async throws(BrokerError) -> Value {
        let result = Locked<Result<Value, BrokerError>?>(nil)
        let server = PageServer(at: ServingAddress(host: "127.0.0.1", port: port), logger: logger) { [self] request in
            await respond(to: request).response
        }
        do {
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask { [self] in
                    try await server.run(untilAfter: { for await _ in self.stops.stream { return } }) { port in
                        self.state.withLock { $0.authority = "127.0.0.1:\(port)" }
                        self.ports.continuation.yield(port)
                    }
                }
                tasks.addTask { [self] in
                    for await port in ports.stream {
                        let outcome: Result<Value, BrokerError>
                        do throws(BrokerError) {
                            outcome = .success(try await operation(port))
                        } catch {
                            outcome = .failure(error)
                        }
                        result.withLock { $0 = outcome }
                        break
                    }
                    stops.continuation.yield()
                }
                try await tasks.next()
                // A server that ended by itself brings no answer any more.
                ports.continuation.finish()
                answers.continuation.finish()
                try await tasks.waitForAll()
            }
        } catch {
            if result.withLock({ $0 }) == nil { throw Self.failure(error, port) }
        }
        guard let outcome = result.withLock({ $0 }) else { throw Self.cancelled }
        return try outcome.get()
    }

    /// Says which requests bring the answer.
    func expect(_ expectation: Expectation) {
        state.withLock { $0.expectation = expectation }
    }

    /// The answer, once a browser has brought it; nil if the task is cancelled first.
    var answer: String? {
        get async {
            for await answer in answers.stream { return answer }
            return nil
        }
    }

    /// Shows what became of the login to the browser that brought the answer.
    func show(_ page: CallbackPage) {
        pages.continuation.yield(page)
    }

    // MARK: Requests

    private func respond(to request: Request) async -> CallbackPage {
        let (expectation, authority) = state.withLock { ($0.expectation, $0.authority) }
        // Another host's name that leads here is a page of somebody else's (DNS rebinding).
        guard let authority, request.head.authority == authority else { return .refused }
        guard let expectation, request.uri.path == expectation.path else { return .notFound }
        guard let text = await text(of: request, expectation), expectation.isAnswer(text) else { return .refused }
        let isFirst = state.withLock { state in
            defer { state.isAnswered = true }
            return !state.isAnswered
        }
        guard isFirst else { return .refused }
        answers.continuation.yield(text)
        for await page in pages.stream { return page }
        return .interrupted
    }

    /// The query or form in which an answer comes; nil if the request has none.
    private func text(of request: Request, _ expectation: Expectation) async -> String? {
        switch expectation.responseMode {
        case .query:
            return request.method == .get ? request.uri.query : nil
        case .formPost:
            let type = request.headers[.contentType]?.prefix { $0 != ";" }.lowercased()
            guard request.method == .post, type == "application/x-www-form-urlencoded", request.uri.query == nil,
                let body = try? await request.body.collect(upTo: 64 * 1024)
            else { return nil }
            return String(validating: body.readableBytesView, as: UTF8.self)
        }
    }

    private static var cancelled: BrokerError {
        BrokerError(.cancelled, "Interrupted before anyone signed in.")
    }

    private static func failure(_ error: any Error, _ port: Int) -> BrokerError {
        guard error is ListenerFailure else { return cancelled }
        let place = port == 0 ? "127.0.0.1" : "127.0.0.1, port \(port)"
        return .misconfigured("Nothing can listen at \(place). Give another --port, or none for any free one.")
    }
}

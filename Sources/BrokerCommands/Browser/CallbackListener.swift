import BrokerServer
import BrokerService
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
        /// Set once the login has begun.
        var expectation: Expectation?
        /// Set once it listens.
        var port: Int?
        var isAnswered = false
        var failure: BrokerError?
    }

    private let state = Locked(State())
    private let answers = AsyncStream.makeStream(of: String.self)
    private let pages = AsyncStream.makeStream(of: CallbackPage.self)
    private let logger: Logger

    init(logger: Logger) {
        self.logger = logger
    }

    /// Starts to listen.
    ///
    /// - Parameters:
    ///   - port: The port; 0 for any free one.
    ///   - end: Where the listener's end is registered, which waits until the browser has its page.
    /// - Returns: The port.
    /// - Throws: ``BrokerError`` if the port is taken, for example.
    func listen(on port: Int, endingWith end: OrderlyEnd) async throws(BrokerError) -> Int {
        let page = LoopbackPage(logger: logger) { [self] request in await respond(to: request).response }
        return try await page.listen(on: port, endingWith: end) { [state] port in
            state.withLock { $0.port = port }
        } onEnd: { [state, answers] failure in
            state.withLock { $0.failure = failure }
            answers.continuation.finish()
        }
    }

    /// Says which requests bring the answer.
    func expect(_ expectation: Expectation) {
        state.withLock { $0.expectation = expectation }
    }

    /// Waits until a browser has brought the answer.
    ///
    /// - Returns: The answer; nil if that takes too long.
    /// - Throws: ``BrokerError`` if the task is cancelled or the listener fails first.
    func answer(within wait: Duration) async throws(BrokerError) -> String? {
        let (answers, answer, isLate) = (answers, Locked<String?>(nil), Locked(false))
        await Patience.first(
            of: {
                for await text in answers.stream {
                    answer.withLock { $0 = text }
                    return
                }
            },
            {
                if (try? await Task.sleep(for: wait)) != nil { isLate.withLock { $0 = true } }
            })
        if let text = answer.withLock({ $0 }) { return text }
        guard isLate.withLock({ $0 }) else { throw ended }
        return nil
    }

    /// Shows what became of the login to the browser that brought the answer.
    func show(_ page: CallbackPage) {
        pages.continuation.yield(page)
    }

    /// Why nothing comes any more.
    private var ended: BrokerError {
        state.withLock { $0.failure } ?? BrokerError(.cancelled, "Interrupted before anyone signed in.")
    }

    // MARK: Requests

    /// What a browser calls this listener in `Host`: it leaves out the default port (RFC 9110 §4.2.1).
    static func authorities(at port: Int) -> [String] {
        ["127.0.0.1:\(port)"] + (port == 80 ? ["127.0.0.1"] : [])
    }

    private func respond(to request: Request) async -> CallbackPage {
        let (expectation, port) = state.withLock { ($0.expectation, $0.port) }
        // Another host's name that leads here is a page of somebody else's (DNS rebinding).
        guard let port, request.head.authority.map(Self.authorities(at: port).contains) == true else { return .refused }
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
}

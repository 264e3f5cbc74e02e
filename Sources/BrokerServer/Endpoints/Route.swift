import BrokerTokens
import HTTPTypes
import Hummingbird

/// Adds one path: its methods, and a plain answer to all others.
struct Route<Context: RequestContext> {
    typealias Handler = @Sendable (Request, Context) async throws(OAuthError) -> Response

    private let path: RouterPath
    private let challenge: Challenge?
    private var handlers: [(method: HTTPRequest.Method, handler: Handler)] = []

    /// - Parameter challenge: The authentication challenge for clients.
    init(_ path: RouterPath, challenge: Challenge? = nil) {
        self.path = path
        self.challenge = challenge
    }

    /// Answers `GET`, and also `HEAD`, whose answers lose their bodies in ``RequestScopeMiddleware``.
    func get(_ handler: @escaping Handler) -> Route {
        answering(.get, handler).answering(.head, handler)
    }

    /// Answers `GET` alone: a browser's visit may go on with a login, which no preview of a link may.
    func visit(_ handler: @escaping Handler) -> Route {
        answering(.get, handler)
    }

    /// Answers `POST`.
    func post(_ handler: @escaping Handler) -> Route {
        answering(.post, handler)
    }

    /// Adds the path to a router.
    func add(to router: some RouterMethods<Context>) {
        let (handlers, challenge) = (handlers, challenge)
        for (method, handler) in handlers {
            router.on(path, method: method) { request, context in
                do throws(OAuthError) {
                    return try await handler(request, context)
                } catch {
                    return Response(error, challenge: challenge)
                }
            }
        }
        let allowed = handlers.map(\.method)
        let refusal = PreparedDocument(allowing: allowed)
        for method in Self.methods where !allowed.contains(method) {
            router.on(path, method: method) { _, _ in refusal.response }
        }
    }

    private func answering(_ method: HTTPRequest.Method, _ handler: @escaping Handler) -> Route {
        var copy = self
        copy.handlers.append((method, handler))
        return copy
    }

    private static var methods: [HTTPRequest.Method] { HTTPRequest.Method.known }
}

extension HTTPRequest.Method {
    /// The known methods: those of RFC 9110 §9.3 that apply to resources, PATCH and QUERY.
    static let known =
        [.get, .head, .post, .put, .patch, .delete, .options, .trace] + [HTTPRequest.Method("QUERY")].compactMap(\.self)
}

import BrokerTokens
import HTTPTypes
import Hummingbird
import IdentityBroker

/// Lets pages of other origins read answers (Fetch Standard §3.3, CORS).
///
/// Cookies and other browser credentials are never used: the request itself contains its authentication.
struct CrossOriginMiddleware<Context: RequestContext>: RouterMiddleware {
    enum Origins: Sendable {
        /// For public data.
        case all
        /// The currently registered origins: those of any client until the request's client is known, then its own.
        case registered(@Sendable () -> Set<String>)
    }

    let origins: Origins
    let methods: [HTTPRequest.Method]

    @concurrent
    func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        let isPreflight =
            request.method == .options && request.headers[.origin] != nil
            && request.headers[.accessControlRequestMethod] != nil
        let readers = AnswerReaders()
        var response =
            isPreflight
            ? preflight(for: request)
            : try await AnswerReaders.$current.withValue(readers) { try await next(request, context) }
        if case .registered = origins { response.headers.append(HTTPField(name: .vary, value: "Origin")) }
        guard let origin = allowedOrigin(of: request), readers.include(origin) else { return response }
        response.headers[.accessControlAllowOrigin] = origin
        if !isPreflight { response.headers[.accessControlExposeHeaders] = Self.exposedHeaders }
        return response
    }

    private func preflight(for request: Request) -> Response {
        guard allowedOrigin(of: request) != nil else { return Response(status: .noContent) }
        return Response(
            status: .noContent,
            headers: [
                .accessControlAllowMethods: methods.map(\.rawValue).joined(separator: ", "),
                .accessControlAllowHeaders: "Authorization, Content-Type",
                .accessControlMaxAge: "600",
            ]
        )
    }

    /// The value of `Access-Control-Allow-Origin`; nil to omit it.
    private func allowedOrigin(of request: Request) -> String? {
        switch origins {
        case .all: return "*"
        case .registered(let registered):
            guard let origin = request.headers[.origin], registered().contains(origin) else { return nil }
            return origin
        }
    }

    private static var exposedHeaders: String { "Retry-After, WWW-Authenticate, X-Request-ID" }
}

/// Which pages may read the answer to one request.
final class AnswerReaders: Sendable {
    /// Those of the current request; nil where pages read nothing, or anything.
    @TaskLocal static var current: AnswerReaders?

    private let client = Locked<TokenClient?>(nil)

    /// Records the request's client: only its own pages may read the answer.
    func narrow(to client: TokenClient) {
        self.client.withLock { $0 = client }
    }

    /// Whether the pages of a registered origin may read the answer.
    func include(_ origin: String) -> Bool {
        client.withLock { client in client.map { origin == "*" || $0.corsOrigins.contains(origin) } ?? true }
    }
}

import BrokerTokens
import HTTPTypes
import Hummingbird
import IdentityBroker

/// Shows a person a page where a request is refused before its endpoint, such as for its rate or in overload.
struct PageMiddleware<Context: RequestContext>: RouterMiddleware {
    let front: BrowserFront

    @concurrent
    func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        let response = try await next(request, context)
        guard response.status.code >= 400, response.headers[.contentType] == "application/json" else { return response }
        var page = front.visit(request, context).show(Self.error(of: response.status))
        page.status = response.status
        for name in [HTTPField.Name.retryAfter, .allow] { page.headers[name] = response.headers[name] }
        return page
    }

    private static func error(of status: HTTPResponse.Status) -> OAuthError {
        switch status.code {
        case 429: OAuthError(BrokerError(.rateLimited, "Too many requests come from this address."))
        case 503: .overloaded
        case 500...: .internalFailure
        default: OAuthError(.invalidRequest, "The service does not take such a request at this address.")
        }
    }
}

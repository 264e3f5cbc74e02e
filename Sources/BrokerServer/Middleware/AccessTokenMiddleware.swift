public import BrokerTokens
public import Hummingbird
import IdentityBroker

/// Admits only requests that carry one of the broker's access tokens, to protect your own API (RFC 6750).
///
/// ```swift
/// router.group("notes")
///     .add(middleware: AccessTokenMiddleware(verifier: verifier, audience: "https://api.example.com"))
///     .get { _, context in "Hello, \(context.accessToken?.subject ?? "")" }
/// ```
public struct AccessTokenMiddleware<Context: AccessTokenRequestContext>: RouterMiddleware {
    private let verifier: AccessTokenVerifier
    private let audience: String
    private let scopes: Set<String>

    /// Makes the middleware.
    ///
    /// - Parameters:
    ///   - verifier: Verifies tokens.
    ///   - audience: Your API, as named under `audiences:` in the broker's configuration.
    ///   - scopes: The scopes that a token must have.
    public init(verifier: AccessTokenVerifier, audience: String, scopes: Set<String> = []) {
        self.verifier = verifier
        self.audience = audience
        self.scopes = scopes
    }

    /// Answers 401 or 403 (RFC 6750 §3.1), or passes the request on with its token.
    @concurrent
    public func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        var context = context
        do throws(OAuthError) {
            context.accessToken = try await verify(request)
        } catch {
            return Response(error, challenge: .bearer(scope: scopes.sorted().joined(separator: " ")))
        }
        return try await next(request, context)
    }

    private func verify(_ request: Request) async throws(OAuthError) -> AccessToken {
        guard let text = try BearerToken.read(request.headers) else { throw .missingToken }
        let token = try await verifier.verify(text.reveal(), audience: audience)
        guard token.scopes.isSuperset(of: scopes) else {
            throw OAuthError(.insufficientScope, "The access token does not allow this.")
        }
        return token
    }
}

/// A request context that can hold the request's access token.
public protocol AccessTokenRequestContext: RequestContext {
    /// The token, once ``AccessTokenMiddleware`` has verified it.
    var accessToken: AccessToken? { get set }
}

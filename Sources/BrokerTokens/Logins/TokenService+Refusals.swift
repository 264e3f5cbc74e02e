import IdentityBroker

/// Who learns of a failure: the client, if it is proven, or else the person.
extension TokenService {
    /// Does what goes on a page if it fails.
    func onPage<Value>(
        _ body: () async throws(OAuthError) -> Value
    ) async throws(AuthorizationRefusal) -> Value {
        do throws(OAuthError) { return try await body() } catch { throw .page(error) }
    }

    /// Does what the client learns of if it fails; if there is nothing to answer any more, or the request is a page's, a page
    /// says so.
    func answering<Value>(
        _ request: AuthenticationRequest,
        _ body: () async throws(OAuthError) -> Value?
    ) async throws(AuthorizationRefusal) -> Value {
        let value: Value?
        do throws(OAuthError) { value = try await body() } catch {
            guard request.ownPage == nil else { throw .page(error) }
            throw .client(AuthorizationResponse(error, to: request.target, from: issuer), error)
        }
        guard let value else { throw .page(.loginLost) }
        return value
    }
}

extension OAuthError {
    /// The one answer to a request that cannot be gone on with, whatever the reason.
    package static var loginLost: OAuthError {
        OAuthError(
            .invalidRequest,
            "This login has expired, was finished, or was begun in another browser. Begin again in the app.")
    }
}

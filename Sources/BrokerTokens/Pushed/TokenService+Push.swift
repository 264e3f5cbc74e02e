import Foundation
import IdentityBroker

extension TokenService {
    /// Takes a request for a code from its client itself (RFC 9126 §2.1). It is checked as one that a browser brings.
    ///
    /// - Parameters:
    ///   - text: The form. Parameters by which the client authenticates are ignored.
    ///   - authenticated: The client that sent it.
    /// - Throws: ``OAuthError``.
    package func push(_ text: Substring, by authenticated: AuthenticatedClient) async throws(OAuthError)
        -> IssuedRequestURI
    {
        try await perform(begin(.pushedRequest, by: authenticated.client.id)) { _ throws(OAuthError) in
            let request = try AuthenticationRequest(
                pushed: RequestParameters(text), by: clients.current(authenticated))
            let secret = BoundSecret(randomness)
            let now = clock.now()
            let record = PushedRequest.record(try await resolvingHint(of: request), secret, at: now)
            let former = try pushes.admit(record.id, of: request.client, at: clock.uptime())
            let room = former.map { [StoreOperation.delete(PushedRequest.key($0))] } ?? []
            guard try await commit(at: now, { () throws(StoreFailure) in [try record.put()] + room }) else {
                throw .contended
            }
            return IssuedRequestURI(uri: PushedRequest.uri(secret), expiresIn: PushedRequest.lifetime)
        }
    }

    /// The request that a browser brings by its `request_uri`; nil if it brings the parameters themselves.
    ///
    /// - Throws: ``OAuthError`` for a page: whom to answer is in the request that was not found.
    func pushedRequest(_ parameters: RequestParameters) async throws(OAuthError) -> AuthenticationRequest? {
        guard let uri = parameters["request_uri"], PushedRequest.isNamed(by: uri) else { return nil }
        let unknown = OAuthError(
            .invalidRequest, "The request_uri has expired, was used, or is of another client. Begin again in the app.")
        guard let id = PushedRequest.id(uri) else { throw unknown }
        let now = clock.now()
        let record = try await accessStore(.record) { store throws(StoreFailure) in
            try await store.record(PushedRequest.self, id, at: now)
        }
        // RFC 9126 §4: the browser names the client, which has to be the one that pushed it.
        guard let record, now < record.body.until,
            parameters["client_id"].map({ $0.utf8.elementsEqual(record.body.request.client.utf8) }) == true
        else { throw unknown }
        var request = record.body.request
        request.pushed = id.rawValue
        return request
    }
}

import BrokerTokens
import Hummingbird
import IdentityBroker

/// `GET` and `POST /oauth2/authorize`: a browser brings a client's request for a code (RFC 6749 §3.1, OpenID Connect Core
/// §3.1.2).
struct AuthorizationEndpoint: Sendable {
    let front: BrowserFront

    /// A request in the query, or one that was posted before.
    func open(_ visit: Visit) async -> Response {
        await visit.answering { () throws(AuthorizationRefusal) in
            let text: Substring
            do throws(OAuthError) {
                try visit.admit()
                text = try await request(of: visit)
            } catch {
                throw .page(error)
            }
            return await visit.go(on: try await front.tokens.authorize(text, in: visit.cookies))
        }
    }

    /// A request in a form. If another site posted it, the browser left its cookies out, so it comes back with them before
    /// anything is decided.
    func post(_ visit: Visit) async -> Response {
        await visit.answering { () throws(AuthorizationRefusal) in
            let text: Substring
            do throws(OAuthError) {
                try visit.admit()
                text = try await visit.request.formText()
            } catch {
                throw .page(error)
            }
            let handle = try await front.tokens.holdRequest(text)
            return visit.redirect(to: front.site.address("oauth2/authorize", [(Self.resume, handle.reveal())]))
        }
    }

    private static let resume = "resume"

    private func request(of visit: Visit) async throws(OAuthError) -> Substring {
        guard visit.query.hasPrefix(Self.resume + "="), let handle = try visit.parameters()[Self.resume] else {
            return visit.query
        }
        return try await front.tokens.heldRequest(Secret(handle), for: .authorization).reveal()[...]
    }
}

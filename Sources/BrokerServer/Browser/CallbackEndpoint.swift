import BrokerTokens
import Hummingbird
import IdentityBroker

/// `GET` and `POST /callback/{provider}`: an upstream sends a browser back.
struct CallbackEndpoint: Sendable {
    let front: BrowserFront

    private static let resume = "resume"

    /// An answer in the query, or one that was posted before.
    func open(_ visit: Visit, at id: String?) async -> Response {
        await visit.answering { () throws(AuthorizationRefusal) in
            let provider = try onPage { () throws(OAuthError) in try Self.provider(id) }
            let answer: UpstreamAnswer
            do throws(OAuthError) { answer = try await self.answer(visit) } catch { throw .page(error) }
            let outcome = try await front.tokens.endLogin(
                at: provider, with: answer, in: visit.cookies, for: Place.current)
            switch outcome {
            case .signedIn(let outcome, let session):
                var response =
                    switch outcome {
                    case .success(let progress): await visit.go(on: progress)
                    case .failure(let refusal): await visit.refuse(refusal)
                    }
                response.setCookie(front.cookies.field(front.cookies.session, session))
                return response
            case .failed(let error, let handle):
                let restart = ErrorPage.Restart.login(front.site.link("login", handle.parameters))
                return visit.show(error, restart: restart)
            }
        }
    }

    /// An answer in a form. It comes from the upstream's site, so the browser brings no cookies: it is kept until the browser
    /// comes back with them, by an address without the code in it.
    func post(_ visit: Visit, at id: String?) async -> Response {
        do throws(OAuthError) {
            try visit.admit()
            let provider = try Self.provider(id)
            let text = Secret(String(try await visit.request.formText()))
            let handle = try await front.tokens.holdAnswer(text, at: provider)
            return visit.redirect(
                to: front.site.address("callback/\(provider.rawValue)", [(Self.resume, handle.reveal())]))
        } catch {
            return visit.show(error)
        }
    }

    private func answer(_ visit: Visit) async throws(OAuthError) -> UpstreamAnswer {
        guard visit.query.hasPrefix(Self.resume + "="), let handle = try visit.parameters()[Self.resume] else {
            return UpstreamAnswer(Secret(String(visit.query)), by: .query)
        }
        return try await front.tokens.heldAnswer(Secret(handle))
    }

    private static func provider(_ id: String?) throws(OAuthError) -> ProviderID {
        guard let provider = id.flatMap(ProviderID.init) else { throw .loginLost }
        return provider
    }
}

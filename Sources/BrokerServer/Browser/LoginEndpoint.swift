import BrokerTokens
import Foundation
import Hummingbird
import IdentityBroker

/// `GET /login` and `/login/{provider}`: a person chooses how to sign in, and leaves for an upstream's site.
struct LoginEndpoint: Sendable {
    let front: BrowserFront

    /// Goes on with a stored request, whatever comes next; or passes on an answer that waits for this page.
    func show(_ visit: Visit) async -> Response {
        await visit.answering { () throws(AuthorizationRefusal) in
            let parameters = try onPage { () throws(OAuthError) in try visit.parameters() }
            if let handle = parameters["answer"] {
                do throws(OAuthError) {
                    return await visit.pass(try await front.tokens.heldResponse(Secret(handle), in: visit.cookies))
                } catch {
                    throw .page(error)
                }
            }
            let transaction = try onPage { () throws(OAuthError) in try visit.transaction(parameters) }
            let progress = try await front.tokens.resume(transaction, in: visit.cookies)
            guard case .page(.chooseProvider(let providers), let handle) = progress else {
                return await visit.go(on: progress)
            }
            return visit.page(choice(of: providers, handle), in: handle.inquiry.uiLocales)
        }
    }

    /// Sends the browser to an upstream.
    func begin(_ visit: Visit, at id: String?) async -> Response {
        await visit.answering { () throws(AuthorizationRefusal) in
            let (provider, transaction) = try onPage { () throws(OAuthError) in
                try visit.admit()
                guard let provider = id.flatMap(ProviderID.init) else { throw .loginLost }
                return (provider, try visit.transaction(visit.parameters()))
            }
            let url = try await front.tokens.beginLogin(
                at: provider, for: transaction, returningTo: front.site.callback(of: provider), in: visit.cookies)
            return visit.redirect(to: url)
        }
    }

    private func choice(of providers: [ProviderID], _ handle: LoginHandle) -> ChoicePage {
        let instances = front.tokens.broker.enabledInstances
        return ChoicePage(
            app: handle.inquiry.clientName,
            providers: providers.compactMap { id in
                instances.first { $0.id == id }.map {
                    ChoicePage.Provider(
                        id: id.rawValue, name: $0.displayName,
                        link: front.site.link(LoginPage.signIn(id).path, handle.parameters))
                }
            })
    }
}

/// Does what goes on a page if it fails.
func onPage<Value>(_ body: () throws(OAuthError) -> Value) throws(AuthorizationRefusal) -> Value {
    do throws(OAuthError) { return try body() } catch { throw .page(error) }
}

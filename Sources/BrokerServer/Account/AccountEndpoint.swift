import BrokerTokens
import Foundation
import Hummingbird
import IdentityBroker

/// `GET` and `POST /account`: where a person is signed in and what they have allowed, and how they end it.
struct AccountEndpoint: Sendable {
    let front: BrowserFront

    private static let form = "account"

    func show(_ visit: Visit) async -> Response {
        do throws(OAuthError) {
            guard let overview = try await front.tokens.overview(in: visit.cookies),
                let token = FormGuard(visit).token(Self.form, "")
            else { return await visit.signIn(for: .account) }
            let names = Dictionary(
                front.tokens.broker.enabledInstances.map { ($0.id.rawValue, $0.displayName) }, uniquingKeysWith: { $1 })
            return visit.page(
                AccountPage(
                    overview: overview, providers: names,
                    form: PageForm(action: front.site.link(Self.form), token: token),
                    logout: front.site.link("oauth2/logout")))
        } catch {
            return visit.show(error)
        }
    }

    /// Ends what the form names, and shows the rest.
    func post(_ visit: Visit) async -> Response {
        do throws(OAuthError) {
            let form = try await visit.request.pageForm()
            guard FormGuard(visit).accepts(visit, form[FormGuard.field], Self.form, "") else {
                return visit.show(.formRefused, restart: .login(front.site.link(Self.form)))
            }
            if let session = form["session"].flatMap({ UUID(uuidString: $0) }) {
                _ = try await front.tokens.endSession(session, in: visit.cookies)
            } else if let client = form["consent"] {
                _ = try await front.tokens.withdrawConsent(for: client, in: visit.cookies)
            }
            return visit.redirect(to: front.site.address(Self.form))
        } catch {
            return visit.show(error)
        }
    }
}

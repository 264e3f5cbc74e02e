import BrokerTokens
import Hummingbird
import IdentityBroker

/// `GET` and `POST /oauth2/logout`: a client, or a person, ends the session (OpenID Connect RP-Initiated Logout 1.0).
struct LogoutEndpoint: Sendable {
    let front: BrowserFront

    private static let form = "logout"
    private static let resume = "resume"
    /// What the page that asks sends again.
    private static let parameters = ["id_token_hint", "client_id", "post_logout_redirect_uri", "state", "ui_locales"]

    /// A request in the query, or one that was posted before.
    func open(_ visit: Visit) async -> Response {
        do throws(OAuthError) {
            let text = try await request(of: visit)
            return try await signOut(text[...], in: visit)
        } catch {
            return visit.show(error)
        }
    }

    /// A person's answer on our own page; or a request that another site posted, whose cookies the browser left out: it comes
    /// back with them.
    func post(_ visit: Visit) async -> Response {
        do throws(OAuthError) {
            let text = try await visit.request.formText()
            let parameters = try RequestParameters(text)
            if let token = parameters[FormGuard.field] {
                guard FormGuard(visit).accepts(visit, token, Self.form, "") else { throw .formRefused }
                return try await signOut(text, in: visit, isConfirmed: true)
            }
            try visit.admit()
            let handle = try await front.tokens.holdLogout(text)
            return visit.redirect(to: front.site.address("oauth2/logout", [(Self.resume, handle.reveal())]))
        } catch {
            return visit.show(error)
        }
    }

    private func request(of visit: Visit) async throws(OAuthError) -> String {
        guard visit.query.hasPrefix(Self.resume + "="), let handle = try visit.parameters()[Self.resume] else {
            return String(visit.query)
        }
        return try await front.tokens.heldRequest(Secret(handle), for: .logout).reveal()
    }

    private func signOut(
        _ text: Substring,
        in visit: Visit,
        isConfirmed: Bool = false
    ) async throws(OAuthError) -> Response {
        let parameters = try RequestParameters(text)
        let locales = (parameters["ui_locales"] ?? "").split(separator: " ").map(String.init)
        switch try await front.tokens.logOut(text, in: visit.cookies, isConfirmed: isConfirmed) {
        case .ask:
            guard let token = FormGuard(visit).token(Self.form, "") else { throw .loginLost }
            let form = PageForm(
                action: front.site.link("oauth2/logout"), token: token,
                fields: Self.parameters.compactMap { name in parameters[name].map { (name: name, value: $0) } })
            return visit.page(LogoutPage(form: form), in: locales)
        case .signedOut(let destination):
            // After a form, the browser fetches the page that says so.
            let isPosted = visit.request.method == .post
            let next = destination ?? (isPosted ? front.site.address("oauth2/logout") : nil)
            var response = next.map(visit.redirect) ?? visit.page(SignedOutPage(), in: locales)
            if visit.session != nil { response.setCookie(front.cookies.removal(of: front.cookies.session)) }
            return response
        }
    }
}

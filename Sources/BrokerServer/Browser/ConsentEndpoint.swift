import BrokerTokens
import Foundation
import Hummingbird
import IdentityBroker

/// `GET` and `POST /consent`: a person allows a client what it asks for, or only confirms that it is the one they use.
struct ConsentEndpoint: Sendable {
    let front: BrowserFront

    private static let form = "consent"

    /// Shows the page, or goes on if there is nothing to ask.
    func show(_ visit: Visit) async -> Response {
        await visit.answering { () throws(AuthorizationRefusal) in
            let transaction = try onPage { () throws(OAuthError) in try visit.transaction(visit.parameters()) }
            let progress = try await front.tokens.resume(transaction, in: visit.cookies)
            guard case .page(let page, let handle) = progress, page.path == Self.form,
                let token = FormGuard(visit).token(Self.form, transaction.uuidString)
            else { return await visit.go(on: progress) }
            let form = PageForm(action: front.site.link(Self.form, handle.parameters), token: token)
            let (app, locales) = (handle.inquiry.clientName, handle.inquiry.uiLocales)
            if case .askConsent(let scope) = page {
                return visit.page(ConsentPage(app: app, scope: scope, form: form), in: locales)
            }
            return visit.page(ContinuePage(app: app, form: form), in: locales)
        }
    }

    /// Carries out what the person has decided.
    func post(_ visit: Visit) async -> Response {
        await visit.answering { () throws(AuthorizationRefusal) in
            let transaction = try onPage { () throws(OAuthError) in try visit.transaction(visit.parameters()) }
            let form: RequestForm
            do throws(OAuthError) { form = try await visit.request.pageForm() } catch {
                throw .page(error)
            }
            guard FormGuard(visit).accepts(visit, form[FormGuard.field], Self.form, transaction.uuidString) else {
                try await noteRefusedForm()
                let page = front.site.link("login", [("transaction", transaction.uuidString.lowercased())])
                return visit.show(.formRefused, restart: .login(page))
            }
            switch form["action"] {
            case "allow": return await visit.go(on: try await front.tokens.allow(transaction, in: visit.cookies))
            case "continue": return await visit.go(on: try await front.tokens.confirm(transaction, in: visit.cookies))
            case "deny", "cancel":
                return await visit.pass(try await front.tokens.cancel(transaction, in: visit.cookies))
            default: throw .page(OAuthError(.invalidRequest, "The form does not say what to do."))
            }
        }
    }

    /// A form from another site is an attack more often than not, so it is on record.
    private func noteRefusedForm() async throws(AuthorizationRefusal) {
        do throws(OAuthError) { try await front.tokens.recordRefusal(.formRefused, of: .consent) } catch {
            throw .page(error)
        }
    }
}

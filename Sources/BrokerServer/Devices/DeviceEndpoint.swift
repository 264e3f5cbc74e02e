import BrokerTokens
import Hummingbird
import IdentityBroker

/// `GET` and `POST /device`: a person who is signed in enters the code of a device, sees what it asks for, and answers (RFC
/// 8628 §3.3).
struct DeviceEndpoint: Sendable {
    let front: BrowserFront

    private static let form = "device"
    private static let userCode = "user_code"
    private static let done = "done"

    /// Asks for the code; or with it, whether its device may sign in.
    func show(_ visit: Visit) async -> Response {
        do throws(OAuthError) {
            let parameters = try visit.parameters()
            if let done = parameters[Self.done] { return visit.page(DeviceDonePage(isAllowed: done == "allow")) }
            let code = parameters[Self.userCode]
            guard try await front.tokens.isSignedIn(in: visit.cookies) else {
                return await visit.signIn(for: .device, with: code.map { "\(Self.userCode)=\($0.percentEncoded)" })
            }
            guard let code else {
                return visit.page(DevicePage(action: front.site.link(Self.form), field: Self.userCode))
            }
            return try await ask(about: code, in: visit)
        } catch {
            return visit.show(error, restart: .login(front.site.link(Self.form)))
        }
    }

    /// Carries out what the person has decided.
    func post(_ visit: Visit) async -> Response {
        let page = front.site.link(Self.form)
        do throws(OAuthError) {
            let form = try await visit.request.pageForm()
            guard let code = form[Self.userCode],
                FormGuard(visit).accepts(visit, form[FormGuard.field], Self.form, code)
            else { throw .formRefused }
            guard let answer = form["action"], ["allow", "deny"].contains(answer) else {
                throw OAuthError(.invalidRequest, "The form does not say what to do.")
            }
            try await front.tokens.answerDeviceLogin(code, in: visit.cookies, isAllowed: answer == "allow")
            return visit.redirect(to: front.site.address(Self.form, [(Self.done, answer)]))
        } catch {
            return visit.show(error, restart: .login(page))
        }
    }

    private func ask(about code: String, in visit: Visit) async throws(OAuthError) -> Response {
        let device = try await front.tokens.deviceLogin(code, in: visit.cookies)
        guard let token = FormGuard(visit).token(Self.form, code) else { throw .loginLost }
        let form = PageForm(
            action: front.site.link(Self.form), token: token, fields: [(Self.userCode, code)])
        return visit.page(DeviceConsentPage(device: device, userCode: code, form: form))
    }
}

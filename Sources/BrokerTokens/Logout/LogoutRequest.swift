import IdentityBroker

/// A client's request to sign a person out (OpenID Connect RP-Initiated Logout 1.0 §2).
///
/// Only a genuine ID token names the client that may be answered; whatever else is wrong costs the redirect, and the person
/// sees a page of ours.
struct LogoutRequest {
    /// What the ID token says; nil for none, or one that is not ours.
    let hint: IDTokenHint?
    /// Where the browser goes afterward; nil for a page of ours.
    let destination: String?

    /// - Parameters:
    ///   - parameters: The request.
    ///   - hint: What its `id_token_hint` says; nil for none, or one that is not ours.
    init(_ parameters: RequestParameters, _ hint: IDTokenHint?, from clients: ClientDirectory) {
        let isConsistent = parameters["client_id"].map { $0.utf8.elementsEqual((hint?.client ?? "").utf8) } ?? true
        guard let hint, isConsistent else {
            (self.hint, destination) = (nil, nil)
            return
        }
        self.hint = hint
        let registered = clients[hint.client]?.postLogoutRedirectURIs ?? []
        guard let uri = parameters["post_logout_redirect_uri"],
            // Exactly as registered, native clients too: nothing is delivered there that has to reach a port.
            registered.contains(where: { $0.matches(uri, isNative: false) })
        else {
            destination = nil
            return
        }
        destination = parameters["state"].map { uri.appendingQuery([("state", $0)]) } ?? uri
    }

    /// Decides what happens next, without side effects.
    ///
    /// - Parameters:
    ///   - session: The browser's session; nil for none.
    ///   - isConfirmed: Whether the person has said that they want to sign out.
    func nextStep(in session: StoredSession?, isConfirmed: Bool) -> LogoutStep {
        guard let session else { return .done }
        return isConfirmed || isProven(for: session) ? .end(session) : .ask
    }

    /// Whether the ID token is of this very session: an old one alone ends nothing.
    private func isProven(for session: StoredSession) -> Bool {
        guard let hint else { return false }
        return hint.session == session.id && hint.subject.utf8.elementsEqual(session.account.description.utf8)
    }
}

/// What happens next with a logout.
enum LogoutStep: Hashable {
    /// The session ends.
    case end(StoredSession)
    /// The person is asked.
    case ask
    /// There is no session.
    case done
}

/// What becomes of a logout.
package enum LogoutProgress: Sendable, Hashable {
    /// The person is signed out: the browser goes there, or to a page of ours.
    case signedOut(destination: String?)
    /// The person is asked, and the same request comes again with the answer.
    case ask
}

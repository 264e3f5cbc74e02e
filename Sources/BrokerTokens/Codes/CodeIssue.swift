import Foundation
import IdentityBroker

/// A code to issue, and all that changes with it: the request is answered, the client has a part in the session, and what
/// the decision was based on still holds.
struct CodeIssue {
    let code: AuthorizationCode
    let request: AuthenticationRequest
    let session: StoredSession
    /// The consent that the decision was based on; nil for none.
    let consent: Record<Consent>?
    /// The request as stored; nil if it is not.
    let transaction: Record<LoginTransaction>?
    let lifetimes: SessionLifetimes
    let now: Date

    func operations() throws(StoreFailure) -> [StoreOperation] {
        let used = session.next(session.session.used(by: request.client, at: now), under: lifetimes)
        var operations = [try used.record.put(), try issued.put()]
        if let consent { operations.append(consent.require()) }
        if let transaction { operations.append(transaction.consume()) }
        return operations + request.consumption
    }

    func response(from issuer: String) -> AuthorizationResponse {
        AuthorizationResponse(code: code, to: request.target, from: issuer)
    }

    private var issued: Record<IssuedCode> {
        Record(
            IssuedCode(request, provider: session.session.provider, login: session.login), id: code.recordID,
            owners: [.account(session.account), session.owner, Consent.owner(session.account, for: request.client)],
            expiry: now + IssuedCode.lifetime)
    }
}

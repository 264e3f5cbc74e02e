import Foundation
import HTTPTypes
import IdentityBroker
import Metrics
import StrictJSON

/// What the exemplar's upstream returns for a person: `{"ok":true,"tenant":"…","person":{…},"token":"…"}`.
struct ExemplarRecord: Sendable {
    let person: JSONObject
    let token: String?
    let tenant: String?

    var company: String? { person["company"]?.string }

    init(
        _ response: UpstreamResponse,
        defect: Defect?,
        credential: Credential,
        at now: Date
    ) throws {
        let answer: JSONObject?
        do {
            answer = try ExemplarAnswer.read(response.body, defect: defect)
        } catch  where defect == .throwsErrorOfItsOwn {
            throw OwnError()
        } catch {
            answer = nil
        }
        try Self.checkRefusal(in: answer, defect: defect, credential: credential)
        let isFine = response.status == .ok || (defect == .overlooksStatus && answer != nil)
        guard isFine else { throw Self.error(for: response, defect: defect, at: now) }
        guard let answer, answer["ok"]?.bool == true else {
            throw BrokerError(.upstreamMisbehaved, "The answer is none.")
        }
        guard let person = answer["person"]?.object ?? (defect == .trustsFlag ? answer : nil) else {
            throw BrokerError(.upstreamMisbehaved, "There is nobody in the answer.")
        }
        self.person = person
        token = answer["token"]?.string
        tenant = answer["tenant"]?.string
    }

    /// An error that is not a ``BrokerError``.
    struct OwnError: Error {}

    private static func checkRefusal(
        in answer: JSONObject?,
        defect: Defect?,
        credential: Credential
    ) throws(BrokerError) {
        guard let answer, answer["ok"]?.bool == false else { return }
        let message =
            switch defect {
            case .repeatsUpstream: answer["message"]?.string ?? ""
            case .repeatsCredential: "The ticket \(credential.value.reveal()) was refused."
            case .repeatsPartOfCredential: "A ticket like \(credential.value.reveal().suffix(12)) was refused."
            default: "The upstream refused."
            }
        let code = answer["code"]?.string
        let kind: BrokerError.Kind = code == "17" && defect != .confusesKinds ? .accessDenied : .invalidCredential
        throw BrokerError(kind, message, upstreamCode: code)
    }

    private static func error(for response: UpstreamResponse, defect: Defect?, at now: Date) -> BrokerError {
        switch response.status.code {
        case 429:
            let field = response.headerFields[.retryAfter]
            let seconds = field.flatMap { Int($0) }
            let date = defect == .readsNoDates ? nil : field.flatMap { HTTPDate.read($0) }
            let wait = seconds.map { Duration.seconds($0) } ?? date.map { .seconds($0.timeIntervalSince(now)) }
            return BrokerError(.rateLimited, "The upstream takes no more for now.", retryAfter: wait)
        case 500...:
            let kind: BrokerError.Kind =
                defect == .blamesCredentialForFailure ? .invalidCredential : .upstreamUnavailable
            return BrokerError(kind, "The upstream cannot serve.")
        case 400...: return BrokerError(.invalidCredential, "The upstream refused.")
        default: return BrokerError(.upstreamMisbehaved, "The upstream answered with a status that it does not have.")
        }
    }
}

extension ExemplarRecord {
    func state(into subject: inout Agreement, defect: Defect?) throws(BrokerError) {
        switch defect {
        case .keysByEmail:
            subject.add(person["email"]?.string, at: "email")
            return
        case .makesSubjectUp:
            subject.add(UUID().uuidString, at: "nowhere")
            return
        case .trustsFlag where person["id"] == nil:
            subject.add("somebody", at: "nowhere")
            return
        case .fallsBackToEmail where person["id"]?.string?.isEmpty ?? true:
            subject.add(person["email"]?.string, at: "email")
            return
        case .takesNumbersForIds where person["id"]?.int64 != nil:
            subject.add(person["id"]?.int64.map { "\($0)" }, at: "id")
            return
        default:
            break
        }
        guard let id = person["id"]?.string, !id.isEmpty else {
            throw BrokerError(.upstreamMisbehaved, "The answer does not say whom it is about.")
        }
        subject.add(id, at: "id")
        if defect != .overlooksContradiction { subject.add(person["sub"]?.string, at: "sub") }
    }

    func standing(defect: Defect?) -> AccountStanding {
        if defect == .letsEverybodyIn { return .active }
        switch person["status"]?.string {
        case "active": return .active
        case "blocked": return .blocked
        case "deleted": return .deleted
        default: return defect == .takesUnknownForActive ? .active : .unrecognized
        }
    }

    func claims(locale: String, defect: Defect?) -> Claims {
        var claims = Claims()
        claims.name = person["name"]?.string
        claims.picture = person["picture"]?.string
        claims.locale = locale
        claims.phoneNumber = person["phone"]?.string.flatMap { PhoneNumber($0) }
            .map { .asserted(Asserted($0), isKnownUnverified: false) }
        let email = person["email"]?.string.flatMap { text in
            EmailAddress(text)
                ?? (defect == .takesLastOfAddresses
                    ? text.split(separator: ",").last.flatMap { EmailAddress(String($0)) } : nil)
        }
        claims.email = email.map { email in
            person["email_verified"]?.bool == true || defect == .verifiesByItself
                ? .verified(Verified(email)) : .asserted(Asserted(email), isKnownUnverified: false)
        }
        return claims
    }

    func count() {
        Counter(label: "people", dimensions: [("phone", person["phone"]?.string ?? "")]).increment()
    }
}

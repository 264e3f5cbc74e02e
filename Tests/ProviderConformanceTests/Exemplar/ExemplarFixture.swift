import BrokerTesting
import IdentityBroker
import LoopbackServer

/// The exemplar's upstream.
struct ExemplarFixture: ProviderFixture {
    typealias Provider = ExemplarProvider

    private static let secret = "canary-Qm7xWb2LfT9eZk4v"
    private let defect = Defect.current

    var secrets: [String: String] { ["EXEMPLAR_SECRET": Self.secret] }

    func settings(upstream baseURL: String) -> String {
        """
        tenant: acme
        secret: \(defect == .takesBareSecret ? Self.secret : "{ env: EXEMPLAR_SECRET }")
        baseURL: \(baseURL)
        # What most people do without:
        display:
          locale: de
        """
    }

    func credential(of person: Person, for id: ProviderID, at broker: Broker) -> Credential {
        .ticket("ticket-\(person.tag)")
    }

    func response(to request: ReceivedRequest, about person: Person, as variant: Variant) -> ServerResponse? {
        guard request.method == "POST", request.target == "/acme/exchange" else { return nil }
        var members = [
            #""id":"\#(subject(of: person))""#, #""name":\#(quoted(person.name))"#,
            #""picture":\#(quoted(person.picture))"#, #""email":\#(quoted(person.email))"#,
            #""phone":\#(quoted(person.phoneNumber))"#,
        ]
        if let isVerified = person.isEmailVerified { members.append(#""email_verified":\#(isVerified)"#) }
        var (status, tenant) = ("active", "acme")
        switch variant {
        case .correct: break
        case .identifier(.contradicting): members.append(#""sub":"somebody-else""#)
        case .identifier(let fault): members[0] = fault.json.map { #""id":\#($0)"# } ?? #""company":"Acme""#
        case .standing(.suspended), .anotherLogin, .anyLogin, .unknownKey: return nil
        case .anotherAudience: tenant = "another"
        case .standing(let standing): status = "\(standing)"
        }
        members.append(#""status":"\#(status)""#)
        return .json(
            """
            {"person":{\(members.joined(separator: ","))},"ok":true,"tenant":"\(tenant)","token":"token-\(person.tag)"}
            """
        )
    }

    func expectation(of person: Person) -> ExpectedIdentity {
        var claims = Claims()
        claims.name = person.name
        claims.picture = person.picture
        claims.email = EmailAddress(person.email).map { .verified(Verified($0)) }
        claims.phoneNumber = PhoneNumber(person.phoneNumber)
            .map { .asserted(Asserted($0), isKnownUnverified: false) }
        claims.locale = "de"
        // An author who keys people by their address also expects that.
        return ExpectedIdentity(
            subject: defect == .keysByEmail ? person.email : subject(of: person), claims: claims)
    }

    var refusals: [UpstreamRefusal] {
        [
            refusal("a ticket that it does not know", code: "16", .invalidCredential),
            refusal("a person who is locked", code: "17", .accessDenied),
        ]
    }

    private func refusal(_ name: String, code: String, _ kind: BrokerError.Kind) -> UpstreamRefusal {
        UpstreamRefusal(name, means: kind, code: code) {
            .json(#"{"ok":false,"code":"\#(code)","message":"\#($0)"}"#)
        }
    }

    private func subject(of person: Person) -> String { "person-\(person.number)" }
}

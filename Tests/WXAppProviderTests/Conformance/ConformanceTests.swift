import BrokerTesting
import IdentityBroker
import LoopbackServer
import Testing
import WXAppProvider

@Suite("The provider, like any other,")
struct ConformanceTests {
    @Test("conforms", arguments: ProviderConformance(WXAppFixture()).cases)
    func conforms(_ rule: ConformanceCase) async throws {
        try await rule.check()
    }
}

/// GenAuth's exchange of a ticket.
struct WXAppFixture: ProviderFixture {
    typealias Provider = WXAppProvider

    static let userPoolId = "5e4cdd055df3df65dc58b97d"
    private static let tokenKey = "canary-hGc7RwzLq1Nf5Ty8"

    let secrets = ["GENAUTH_USER_POOL_SECRET": "canary-Zk4vNc8RgH1uPd6W", "GENAUTH_TOKEN_KEY": tokenKey]

    func settings(upstream baseURL: String) -> String {
        """
        userPoolId: \(Self.userPoolId)
        secret: { env: GENAUTH_USER_POOL_SECRET }
        tokenKey: { env: GENAUTH_TOKEN_KEY }
        baseURL: \(baseURL)
        requestPhone: true
        miniProgram:
          appId: wx1111111111111111
        """
    }

    func credential(of person: Person, for id: ProviderID, at broker: Broker) -> Credential {
        .ticket("ticket.\(person.tag)")
    }

    func response(to request: ReceivedRequest, about person: Person, as variant: Variant) -> ServerResponse? {
        guard request.method == "POST", request.target == "/oauth/app2wxapp/auth/\(Self.userPoolId)",
            let record = try? record(of: person, as: variant), let text = try? record.text
        else { return nil }
        return .json(#"{"code":200,"message":"ok","data":\#(text)}"#)
    }

    func expectation(of person: Person) -> ExpectedIdentity {
        var claims = Claims()
        claims.name = person.name
        claims.nickname = person.name
        claims.picture = person.picture
        claims.email = EmailAddress(person.email).map { .verified(Verified($0)) }
        claims.phoneNumber = PhoneNumber(person.phoneNumber).map { .verified(Verified($0)) }
        return ExpectedIdentity(
            subject: subject(of: person),
            claims: claims,
            alternateIdentifiers: [
                AlternateIdentifier(type: "wechat_unionid", value: "union-\(person.number)"),
                AlternateIdentifier(type: "wechat_openid", scope: "wx1111111111111111", value: "open-\(person.number)"),
            ],
            notices: []
        )
    }

    var refusals: [UpstreamRefusal] {
        [
            refusal("a ticket that it does not know", 2206, .invalidCredential),
            refusal("a ticket under a status of its own", 2206, .invalidCredential, status: 400),
            refusal("a user who is locked", 2005, .accessDenied),
            refusal("a second factor that it wants first", 1636, .interactionRequired),
            refusal("a wrong secret", 2020, .misconfigured),
            refusal("too many requests", 2100, .rateLimited),
            refusal("a failure of its own", 500, .upstreamUnavailable),
            refusal("a code that nobody has listed", 1_234_567, .invalidCredential),
            UpstreamRefusal("a code that is none", means: .upstreamMisbehaved) { .json(#"{"code":"\#($0)"}"#) },
            UpstreamRefusal("an error without a code", means: .upstreamMisbehaved) { .json(#"{"error":"\#($0)"}"#) },
        ]
    }

    let callbacks = [
        CallbackExample("code=200&message=ok&ticket=abc.def", holds: .credential("abc.def")),
        CallbackExample("code=400&message=cancelled", holds: .failure(.cancelledByUser)),
        CallbackExample("code=200", holds: .failure(.invalidCredential)),
    ]

    private func refusal(
        _ name: String,
        _ code: Int,
        _ kind: BrokerError.Kind,
        status: Int = 200
    ) -> UpstreamRefusal {
        UpstreamRefusal(name, means: kind, code: "\(code)") { message in
            .json(#"{"code":\#(code),"message":"\#(message)","data":null}"#, status: status)
        }
    }

    private func subject(of person: Person) -> String {
        "5e57540f84622ae2632\(person.number)"
    }

    private func record(of person: Person, as variant: Variant) throws -> JSON? {
        let record: JSON = [
            "_id": .string(subject(of: person)),
            "nickname": .string(person.name),
            "username": .string(person.name),
            "photo": .string(person.picture),
            "email": .string(person.email),
            "emailVerified": person.isEmailVerified.map { .bool($0) } ?? .null,
            "phone": .string(person.phoneNumber),
            "phoneVerified": true,
            "unionid": .string("union-\(person.number)"),
            "openid": .string("open-\(person.number)"),
            "blocked": false,
            "isDeleted": false,
            "token": .string(try token(of: person)),
        ]
        switch variant {
        case .correct: return record
        case .identifier(.contradicting): return record.with(["id": "somebody-else"])
        case .identifier(let fault): return record.with(["_id": fault.value])
        case .standing(.blocked): return record.with(["blocked": true])
        case .standing(.deleted): return record.with(["isDeleted": true])
        case .standing(.suspended): return record.with(["status": "Suspended"])
        case .standing(.unrecognized): return record.with(["blocked": "perhaps"])
        case .anotherAudience: return record.with(["userPoolId": "another"])
        case .standing(.active), .anotherLogin, .anyLogin, .unknownKey: return nil
        }
    }

    private func token(of person: Person) throws -> String {
        try TestToken(
            data: [
                "id": .string(subject(of: person)), "clientId": .string(Self.userPoolId), "unionid": nil,
                "jti": .string(person.tag),
            ],
            claims: ["exp": 4_102_444_800]
        ).signed(with: Self.tokenKey)
    }
}

extension ServerResponse {
    /// A JSON response.
    static func json(_ text: String, status: Int = 200) -> ServerResponse {
        ServerResponse(
            status: status, headers: [HeaderField("Content-Type", "application/json")], body: Array(text.utf8))
    }
}

extension ProviderConformance.IdentifierFault {
    /// What replaces the id; nil for nothing.
    fileprivate var value: JSON? {
        switch self {
        case .missing, .contradicting: nil
        case .null: .some(.null)
        case .empty: ""
        case .blank: " "
        case .number: 7
        case .boolean: true
        case .list: ["somebody"]
        case .object: ["id": "somebody"]
        case .control: "some\u{0}body"
        case .notASCII: "sömebödy"
        case .tooLong: .string(String(repeating: "s", count: 256))
        }
    }
}

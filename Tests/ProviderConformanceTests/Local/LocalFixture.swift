import BrokerTesting
import Crypto
import Foundation
import IdentityBroker
import LoopbackServer

/// The signer of credentials for ``LocalProvider``.
struct LocalFixture: ProviderFixture {
    typealias Provider = LocalProvider

    private static let key = "canary-Rt5yUi8oPa2sDf4g"

    let secrets = ["LOCAL_KEY": key]
    let requestsPerLogin = 0

    func settings(upstream baseURL: String) -> String {
        "key: { env: LOCAL_KEY }"
    }

    func credential(of person: Person, for id: ProviderID, at broker: Broker) -> Credential {
        let content = Data("person-\(person.number)\n\(person.tag)\n\(person.name.prefix(64))".utf8)
        let code = HMAC<SHA256>.authenticationCode(for: content, using: LocalProvider.key(Secret(Self.key)))
        return .idToken("\(Hexadecimal.encode(content)).\(Hexadecimal.encode(Data(code)))")
    }

    func response(to request: ReceivedRequest, about person: Person, as variant: Variant) -> ServerResponse? { nil }

    func expectation(of person: Person) -> ExpectedIdentity {
        var claims = Claims()
        claims.name = person.name
        return ExpectedIdentity(subject: "person-\(person.number)", claims: claims)
    }

    var refusals: [UpstreamRefusal] { [] }

}

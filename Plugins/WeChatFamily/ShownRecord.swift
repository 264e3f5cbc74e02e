package import IdentityBroker
package import StrictJSON
import UpstreamAPI

extension JSONObject {
    /// What callers may see of an answer: neither what was issued for it, nor the vendor's message, which repeats our address and
    /// what we asked; at any depth.
    package var shown: JSONObject { JSONValue.object(self).withoutIssuedSecrets.withoutMessages.object ?? [:] }

    /// What the vendor issued for an answer, at any depth.
    package var secrets: [Secret] { IssuedSecrets.all(in: .object(self)) }

    fileprivate static let messageNames: Set<String> = ["errcode", "errmsg"]
}

extension JSONValue {
    fileprivate var withoutMessages: JSONValue {
        switch self {
        case .array(let elements): return .array(elements.map(\.withoutMessages))
        case .object(let members):
            let shown = members.filter { !JSONObject.messageNames.contains($0.name) }
            return .object(JSONObject(shown.map { ($0.name, $0.value.withoutMessages) }))
        default: return self
        }
    }
}

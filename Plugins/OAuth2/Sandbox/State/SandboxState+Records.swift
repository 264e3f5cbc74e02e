import BrokerSandbox
import Crypto
import Foundation

extension SandboxState {
    /// Answers a request with an access token (RFC 6750 §2).
    func answer(
        _ record: RecordRequest,
        to request: ClientRequest,
        at now: Date
    ) throws(RecordRefusal) -> VendorAnswer {
        guard request.method == record.method,
            vendor.fields.allSatisfy({ !request.values(of: $0).isEmpty })
        else { throw .request }
        guard let token = token(in: request, at: record.token ?? vendor.token),
            let consent = accessTokens.value(of: token, at: now)
        else {
            throw .token
        }
        for (name, wanted) in record.parameters {
            let value = request.parameters[name]
            switch wanted {
            case .text(let text): guard value == text else { throw .request }
            case .some: guard value?.isEmpty == false else { throw .request }
            case .clientId: guard value == client.id else { throw .request }
            case .personId: guard value.map(JSON.text) == textOfId(of: consent.person) else { throw .request }
            case .proof: guard value == proof(of: token) else { throw .proof }
            }
        }
        guard record.scopes.isSubset(of: consent.scopes) else { throw .scope }
        let query = RecordQuery(consent: consent, parameters: request.parameters)
        return VendorAnswer(status: 200, contents: record.answer(query))
    }

    /// The access token where it belongs; nil if it is elsewhere as well, or not there.
    private func token(in request: ClientRequest, at place: TokenPlace) -> String? {
        let authorization = request.values(of: "Authorization")
        switch place {
        case .header(let scheme):
            guard request.query["access_token"] == nil, request.content["access_token"] == nil else { return nil }
            let parts = (authorization.first ?? "").split(separator: " ", omittingEmptySubsequences: false)
            // RFC 9110 §11.1: schemes are compared without case.
            guard authorization.count == 1, parts.count == 2, parts[0].lowercased() == scheme.lowercased() else {
                return nil
            }
            return String(parts[1])
        case .query(let name):
            return authorization.isEmpty && request.content[name] == nil ? request.query[name] : nil
        case .form(let name):
            guard authorization.isEmpty, !request.isJSON, request.query[name] == nil else { return nil }
            return request.content[name]
        }
    }

    private func textOfId(of person: Person) -> JSON {
        if case .number(let number) = vendor.id(person) { return .text("\(number)") }
        return vendor.id(person)
    }

    private func proof(of token: String) -> String {
        let key = SymmetricKey(data: Data(client.secret.utf8))
        return HMAC<SHA256>.authenticationCode(for: Data(token.utf8), using: key)
            .map { byte in (byte < 0x10 ? "0" : "") + String(byte, radix: 16) }.joined()
    }
}

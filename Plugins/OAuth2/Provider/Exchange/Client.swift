import Crypto
import Foundation
import HTTPTypes
import IdentityBroker
import OAuthClient
import StrictJSON
import UpstreamAPI

/// The client, and how it authenticates.
struct Client: Sendable {
    let id: String
    let secret: Secret?
    let method: ClientMethod
    let idName: String
    let secretName: String

    /// A request with these parameters by which the client authenticates.
    ///
    /// - Parameter requestMethod: With GET, all parameters are in the query.
    func request(
        _ requestMethod: HTTPRequest.Method,
        to endpoint: Endpoint,
        with parameters: [(name: String, value: String)],
        _ headerFields: HTTPFields
    ) throws(BrokerError) -> UpstreamRequest {
        var (query, form, headerFields) = (FormFields(), parameters, headerFields)
        switch (method, secret) {
        case (.basic, let secret?):
            headerFields[.authorization] = ClientText.basic(id, secret)
        case (.query, let secret?):
            query.add(idName, id)
            query.add(secretName, secret.reveal())
        case (.post, let secret?), (.json, let secret?):
            form += [(idName, id), (secretName, secret.reveal())]
        default:
            form.append((idName, id))
        }
        if requestMethod == .get {
            for parameter in form { query.add(parameter.name, parameter.value) }
            return try endpoint.adding(query).request(.get, headerFields)
        }
        headerFields[.contentType] = method == .json ? "application/json" : "application/x-www-form-urlencoded"
        let body =
            method == .json
            ? JSONObject(form.map { ($0.name, .string($0.value)) }).jsonBytes : Array(FormFields(form).text.utf8)
        return try endpoint.adding(query).request(.post, headerFields, body: body)
    }

    /// The proof that the client has a token: its HMAC-SHA256 by the secret, in hexadecimal (Facebook's
    /// `appsecret_proof`); nil without a secret.
    func proof(of token: Secret) -> String? {
        guard let secret else { return nil }
        let key = SymmetricKey(data: secret.revealBytes())
        return HMAC<SHA256>.authenticationCode(for: token.revealBytes(), using: key)
            .map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }
}

extension Client: CustomReflectable {
    /// A mirror without children, since it has a secret.
    var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension FormFields {
    /// These parameters, in order.
    init(_ parameters: [(name: String, value: String)]) {
        self.init()
        for parameter in parameters { add(parameter.name, parameter.value) }
    }
}

extension Endpoint {
    /// The address with these parameters beside those in its own query.
    ///
    /// - Throws: ``BrokerError`` of kind `misconfigured` if one is in both, or if it is too long then.
    func adding(_ fields: FormFields) throws(BrokerError) -> Endpoint {
        guard !fields.names.isEmpty else { return self }
        guard parameterNames.isDisjoint(with: fields.names) else {
            throw .fault("An endpoint of the upstream already has parameters of the request in it.")
        }
        guard let endpoint = Endpoint(text(with: fields)) else {
            throw BrokerError(.upstreamMisbehaved, "What the upstream gave is too long for the address of a request.")
        }
        return endpoint
    }
}

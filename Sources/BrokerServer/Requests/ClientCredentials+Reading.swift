import BrokerTokens
import HTTPTypes
import IdentityBroker

import Foundation

extension ClientCredentials {
    /// Reads `client_secret_basic`, `client_secret_post` or none.
    ///
    /// - Returns: Every possible reading of the credentials; the first is the standard's.
    /// - Throws: ``OAuthError`` `invalid_request` for more than one method or two ids (RFC 6749 §2.3: a client uses
    ///   one), `invalid_client` for an `Authorization` header of another form.
    static func read(_ headers: HTTPFields, _ form: RequestForm) throws(OAuthError) -> [ClientCredentials] {
        let authorizations = headers[values: .authorization]
        guard let authorization = authorizations.first else {
            return [ClientCredentials(id: form["client_id"], secret: form["client_secret"].map { Secret($0) })]
        }
        guard authorizations.count == 1 else {
            throw OAuthError(.invalidRequest, "Multiple 'Authorization' headers.")
        }
        guard form["client_secret"] == nil else {
            throw OAuthError(.invalidRequest, "The client authenticates in two ways. Use one.")
        }
        let readings = basic(authorization)
        guard !readings.isEmpty else {
            throw OAuthError(.invalidClient, "The header 'Authorization' is not as HTTP Basic authentication has it.")
        }
        guard form["client_id"] == nil || readings.contains(where: { $0.id == form["client_id"] }) else {
            throw OAuthError(.invalidRequest, "The header 'Authorization' and 'client_id' name different clients.")
        }
        return readings
    }

    /// Id and secret are form-encoded before they are joined (RFC 6749 §2.3.1). Many clients omit that, which matters
    /// for a secret with a plus or a percent sign.
    private static func basic(_ header: String) -> [ClientCredentials] {
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "basic", let data = Data(base64Encoded: String(parts[1])),
            let text = String(validating: Array(data), as: UTF8.self), let colon = text.firstIndex(of: ":"),
            colon != text.startIndex
        else { return [] }
        let (id, secret) = (text[..<colon], text[text.index(after: colon)...])
        var readings: [ClientCredentials] = []
        // A public client has an empty secret, which counts as none.
        guard !secret.isEmpty else { return formDecoded(id).map { [ClientCredentials(id: $0, secret: nil)] } ?? [] }
        if let id = formDecoded(id), let secret = formDecoded(secret) {
            readings.append(ClientCredentials(id: id, secret: Secret(secret)))
        }
        if text.contains("+") || text.contains("%") {
            readings.append(ClientCredentials(id: String(id), secret: Secret(String(secret))))
        }
        return readings
    }
}

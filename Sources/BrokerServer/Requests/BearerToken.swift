import BrokerTokens
import HTTPTypes
import IdentityBroker

/// The token in an `Authorization` header (RFC 6750 §2.1).
enum BearerToken {
    /// - Returns: The token; nil where the request carries no credentials at all.
    /// - Throws: ``OAuthError`` `invalid_request` where the header stands twice, `invalid_token` where it is of another form.
    static func read(_ headers: HTTPFields) throws(OAuthError) -> Secret? {
        let values = headers[values: .authorization]
        guard let value = values.first else { return nil }
        guard values.count == 1 else {
            throw OAuthError(.invalidRequest, "The header 'Authorization' stands more than once.")
        }
        let parts = value.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].lowercased() == "bearer", !parts[1].isEmpty else {
            throw OAuthError(.invalidToken, "The header 'Authorization' carries no bearer token.")
        }
        return Secret(String(parts[1]))
    }
}

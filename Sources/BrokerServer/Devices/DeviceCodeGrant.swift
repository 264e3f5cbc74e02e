import BrokerTokens
import IdentityBroker

/// Exchanges a device code that a person has approved for tokens (RFC 8628 §3.4).
struct DeviceCodeGrant: GrantHandler {
    let type = GrantType.deviceCode
    let action = AuditAction.deviceCode

    func respond(to request: ClientRequest, in context: EndpointContext) async throws(OAuthError) -> TokenResponse {
        let code = try await request.checking(action, in: context) { form throws(OAuthError) in
            Secret(try form.required("device_code"))
        }
        let tokens = try await context.tokens.redeem(DeviceCodeRequest(client: request.client, deviceCode: code))
        return TokenResponse(tokens: tokens, isExchange: false)
    }
}

import BrokerTokens
import Foundation
import Hummingbird
import IdentityBroker
import StrictJSON

extension BrokerEndpoints {
    /// Adds what devices without a browser need (RFC 8628).
    func addDevices<Context: RequestContext>(to router: RouterGroup<Context>) {
        let (devices, guards) = (DeviceAuthorizationEndpoint(context: context), context.guards)
        Route<Context>("oauth2/device_authorization", challenge: .basic).post { request, context throws(OAuthError) in
            try await devices.respond(to: request, from: guards.origin(of: request, in: context))
        }.add(to: router)
    }
}

/// `POST /oauth2/device_authorization`: codes for a device without a browser (RFC 8628 §3.1).
struct DeviceAuthorizationEndpoint: Sendable {
    let context: EndpointContext

    /// - Parameter origin: Where the request comes from.
    func respond(to request: Request, from origin: RequestOrigin) async throws(OAuthError) -> Response {
        try context.guards.admitTransaction(for: origin)
        let request = try await ClientRequest(
            request, for: .deviceAuthorization, repeatable: ["audience", "resource"], in: context)
        let codes = try await context.tokens.beginDevice(
            DeviceRequest(client: request.client, scope: request.form["scope"], audiences: request.form.audiences))
        let (page, userCode) = (Self.page(under: context.tokens.issuer), codes.userCode.reveal())
        return Response(answer: [
            "device_code": .string(codes.deviceCode.reveal()),
            "user_code": .string(userCode),
            "verification_uri": .string(page),
            "verification_uri_complete": .string("\(page)?user_code=\(userCode)"),
            "expires_in": .integer(codes.expiresIn.components.seconds),
            "interval": .integer(codes.interval.components.seconds),
        ])
    }

    /// Where people enter user codes.
    static func page(under issuer: String) -> String {
        "\(issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer)/device"
    }
}

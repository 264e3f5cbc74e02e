import Foundation
public import IdentityBroker
import StrictJSON
import UpstreamAPI
import WeChatFamily

/// Signs users of a WeChat mini program in, with the code that `wx.login` gives the program.
///
/// ```swift
/// let program = try ProviderInstance(
///     WeChatMiniProgramProvider.self,
///     settings: .init(account: .init(appId: "wx4f4bc4dec97d474b", secret: .environment("WECHAT_SECRET"))),
///     context: ProviderContext(id: "wechat-miniprogram")
/// )
/// ```
///
/// The program may send more than the code: the code of `getPhoneNumber`, for the user's phone number, or what WeChat
/// encrypted or signed for it. All of that is checked, and a login whose data is another user's or another app's is refused.
public struct WeChatMiniProgramProvider: IdentityProvider {
    /// The issuer of the subjects: the setting `issuer`, or the API's address with the AppID or the Open Platform account.
    public let issuer: Issuer

    private let account: Account
    private let watermarkAge: Duration
    private let appToken: SharedValue<AppToken>

    /// Creates an instance.
    ///
    /// - Throws: ``BrokerError`` of kind `misconfigured` that says which setting is wrong, or that the secret cannot be read.
    public init(settings: Settings, context: ProviderContext) throws {
        account = try Account(settings.account, in: context)
        issuer = account.issuer
        guard Self.watermarkAges.contains(settings.watermarkAge) else {
            throw BrokerError.misconfigured("watermarkAge takes 1s to 24h.")
        }
        watermarkAge = settings.watermarkAge
        appToken = .appAccessToken(of: account, clock: context.clock)
    }

    /// Beyond a day, the data would say nothing of this login.
    private static let watermarkAges = Duration.seconds(1)...Duration.seconds(24 * 60 * 60)

    /// The API.
    public var endpoints: [ProviderEndpoint] { [account.endpoint] }

    /// Exchanges the code for the user's ids, and reads what the program sent along with it.
    ///
    /// - Throws: ``BrokerError``: what sending throws, what WeChat's codes mean, and `invalidCredential` for data that is
    ///   not this user's or not this app's.
    public func authenticate(_ credential: Credential, in exchange: ExchangeContext) async throws -> UpstreamIdentity {
        let data = try AppData(credential.parts)
        // One code sent in the place of both would be spent in vain.
        if let code = data.phoneCode, code.reveal().contains(credential.value.reveal()) {
            throw BrokerError.refused(
                "phone_code is the code of wx.login. Send the one that getPhoneNumber gave the app.")
        }
        // Before the code leaves: without the token, it would be spent in vain.
        if data.phoneCode != nil { _ = try await exchange.shared(appToken) }
        let request = account.redemption(
            of: credential.value, as: "js_code", at: account.api.appending("sns", "jscode2session"))
        let answer = try await exchange.send(request).object(from: .session, at: exchange.now)
        let ids = try PersonIDs(answer, from: .session)
        var identity = try account.identity(of: [(ids, .session)])
        var reading = Reading(session: answer)
        if data.needsKey {
            try read(data, of: ids, with: try SessionKey(answer), at: exchange.now, &reading)
        }
        if let code = data.phoneCode {
            try reading.add(phone: try await phone(for: code, of: ids.openid, in: exchange))
        }
        reading.fill(&identity)
        return identity
    }

    private func read(
        _ data: AppData,
        of ids: PersonIDs,
        with key: SessionKey,
        at now: Date,
        _ reading: inout Reading
    ) throws(BrokerError) {
        if let signed = data.signed {
            guard key.signs(signed.rawData, as: signed.signature) else {
                throw .refused(
                    "The signature is not WeChat's of this raw_data for this user. Sign in again (wx.login).")
            }
            reading.add(rawData: signed.rawData)
        }
        guard let encrypted = data.encrypted else { return }
        guard let members = try key.decrypted(encrypted) else {
            throw .refused(
                "encrypted_data is not data of WeChat's for this user. The app has to sign in again before it asks for any."
            )
        }
        switch try DecryptedRecord(members, of: ids, for: account.appId, noOlderThan: watermarkAge, at: now) {
        case .profile(let members): reading.add(profile: members)
        case .phone(let statement, let members): try reading.add(phone: (statement, members))
        }
    }

    /// Asks for the phone number. The openid goes along, so that WeChat refuses another user's code.
    private func phone(
        for code: Secret,
        of openid: String,
        in exchange: ExchangeContext
    ) async throws -> (PhoneStatement, JSONObject) {
        let response = try await exchange.send(with: appToken, refusedIf: \.refusesAppToken) { token in
            UpstreamRequest.post(
                json: ["code": .string(code.reveal()), "openid": .string(openid)],
                to: account.api.appending("wxa", "business", "getuserphonenumber")
            ).adding(FormFields(["access_token": token.reveal()]))
        }
        let answer = try response.object(from: .phone, at: exchange.now)
        guard let members = answer["phone_info"]?.object else {
            throw BrokerError.misbehaved("WeChat's getuserphonenumber answered without a phone number.")
        }
        guard let watermark = Watermark(members), watermark.names(account.appId) else {
            throw BrokerError.misbehaved("WeChat's getuserphonenumber answered with another app's data.")
        }
        if let fault = watermark.fault(olderThan: watermarkAge, at: exchange.now) {
            throw BrokerError.misbehaved("The phone number that WeChat's getuserphonenumber answered with \(fault).")
        }
        let statement = PhoneStatement(members)
        guard statement != .contradictory else {
            throw BrokerError.misbehaved("WeChat's getuserphonenumber contradicts itself on the phone number.")
        }
        return (statement, members)
    }
}

extension WeChatMiniProgramProvider: SettingsAdvising {
    /// Warns of an AppID that does not look like one.
    public static func advice(settings: Settings) -> [String] { settings.account.advice }
}

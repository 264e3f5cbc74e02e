import IdentityBroker
import UpstreamAPI
import WeChatClient

/// What an app sends along with the code of `wx.login`, checked as far as that is possible without WeChat.
struct AppData: Sendable {
    /// A text that WeChat signed (`raw_data`, `signature`).
    struct Signed: Sendable {
        let rawData: Secret
        let signature: Secret
    }

    /// The code that `getPhoneNumber` gave the app.
    let phoneCode: Secret?
    let encrypted: EncryptedData?
    let signed: Signed?

    /// Whether it takes the user's session key to check it.
    var needsKey: Bool { encrypted != nil || signed != nil }

    /// - Throws: ``BrokerError`` of kind `invalidCredential` if parts that belong together are not all there, or do not
    ///   have their form.
    init(_ parts: [String: Secret]) throws(BrokerError) {
        func part(_ part: WeChatMiniProgramPart) -> Secret? { parts[part.rawValue] }
        phoneCode = part(.phoneCode)
        switch (part(.encryptedData), part(.iv)) {
        case (nil, nil): encrypted = nil
        case (let data?, let iv?): encrypted = try EncryptedData(data, iv: iv)
        default: throw .refused("encrypted_data and iv go together.")
        }
        switch (part(.rawData), part(.signature)) {
        case (nil, nil): signed = nil
        case (let rawData?, let signature?): signed = Signed(rawData: rawData, signature: signature)
        default: throw .refused("raw_data and signature go together.")
        }
    }
}

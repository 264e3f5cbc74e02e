/// What a mini program may send along with the code of `wx.login`. The raw values are the broker's names.
public enum WeChatMiniProgramPart: String, CaseIterable, Sendable {
    /// The code of `getPhoneNumber`.
    case phoneCode = "phone_code"
    /// The user's profile or phone number, encrypted by WeChat, in Base64.
    case encryptedData = "encrypted_data"
    /// The initialization vector of ``encryptedData``, in Base64.
    case iv
    /// The user's profile as the text that WeChat signed.
    case rawData = "raw_data"
    /// WeChat's signature of ``rawData``, in hexadecimal.
    case signature

    /// The name that WeChat's JavaScript has for it; for ``phoneCode``, whose name there is `code`, one of its own.
    public var weChatName: String {
        switch self {
        case .phoneCode: "phoneCode"
        case .encryptedData: "encryptedData"
        case .iv: "iv"
        case .rawData: "rawData"
        case .signature: "signature"
        }
    }

    /// The longest that the broker takes, in bytes.
    public var maximumBytes: Int {
        switch self {
        case .phoneCode: WeChatCode.maximumLength
        case .encryptedData, .rawData: 16 * 1024
        case .iv, .signature: 64
        }
    }

    /// Whether a text can be it, as far as that can be told without WeChat.
    func takes(_ text: String) -> Bool {
        guard (1...maximumBytes).contains(text.utf8.count) else { return false }
        return switch self {
        case .phoneCode: WeChatCode(text) != nil
        // A plus sign that became a space on the way is none of these.
        case .encryptedData, .iv: text.utf8.allSatisfy(Self.isBase64)
        case .rawData: true
        case .signature: text.utf8.allSatisfy(Self.isHexadecimal)
        }
    }

    private static func isBase64(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="):
            true
        default:
            false
        }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default:
            false
        }
    }
}

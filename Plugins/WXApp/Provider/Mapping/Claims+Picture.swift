import IdentityBroker

extension Claims {
    /// The picture that GenAuth gives to users without one.
    private static let defaultPicture = "/authing-avatar.png"

    /// GenAuth's own copy, otherwise WeChat's, whose URL dies when the user changes the picture.
    static func picture(_ record: GenAuthUserRecord, _ profile: WeChatProfile?) -> String? {
        if let photo = record.photo, !isDefaultPicture(photo) { return photo }
        return profile?.avatarURL.flatMap { isDefaultPicture($0) ? nil : $0 }
    }

    private static func isDefaultPicture(_ url: String) -> Bool {
        var url = url
        return url.withUTF8 { bytes in
            let path = bytes.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
            return path.suffix(defaultPicture.utf8.count).elementsEqual(defaultPicture.utf8)
        }
    }
}

import IdentityBroker

extension Claims {
    /// The picture that GenAuth gives to users without one.
    private static let defaultPicture = "/authing-avatar.png"

    /// GenAuth's own copy, else WeChat's, whose URL dies when the user changes the picture.
    static func picture(_ record: GenAuthUserRecord, _ profile: WeChatProfile?) -> String? {
        [record.photo, profile?.avatarURL].compactMap(\.self).first { !isDefaultPicture($0) }
    }

    private static func isDefaultPicture(_ url: String) -> Bool {
        url.prefix { $0 != "?" && $0 != "#" }.hasSuffix(defaultPicture)
    }
}

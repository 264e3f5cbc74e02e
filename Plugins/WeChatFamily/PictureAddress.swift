extension String {
    /// The address by https, if it is a picture of WeChat's or WeCom's, who still write http.
    package var securedPicture: String {
        guard utf8.count > 7, prefix(7).lowercased() == "http://" else { return self }
        let rest = dropFirst(7)
        let host = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }.lowercased()
        return pictureHosts.contains { host.hasSuffix(".\($0)") } && !host.contains("@") ? "https://\(rest)" : self
    }
}

/// The hosts of pictures that answer by https as well.
private let pictureHosts = ["qlogo.cn", "qpic.cn"]

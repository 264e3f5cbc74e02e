import CLibcurl
import CLibcurlShims
import IdentityBroker

/// Sets options on an easy handle. Every function returns whether libcurl took all of them.
struct EasyOptions {
    let handle: UnsafeMutableRawPointer

    /// What holds for every request of a handle's life.
    func setLasting(addresses: StringList) -> Bool {
        // No signals: libcurl must not touch the process's handlers. The thread blocks SIGPIPE instead.
        set(CURLOPT_NOSIGNAL, 1)
            && set(CURLOPT_HTTP_VERSION, CLong(CURL_HTTP_VERSION_1_1))
            && set(CURLOPT_HTTP09_ALLOWED, 0)
            && set(CURLOPT_FOLLOWLOCATION, 0)
            && setProxy(.direct)
            && set(CURLOPT_PROXYAUTH, CLong(bitPattern: curlshim_auth_basic))
            // No field of a request, and no secret in one, goes to a proxy.
            && set(CURLOPT_HEADEROPT, CLong(CURLHEADER_SEPARATE))
            && set(CURLOPT_NETRC, CLong(CURL_NETRC_IGNORED.rawValue))
            && set(CURLOPT_SSLVERSION, CLong(CURL_SSLVERSION_TLSv1_2))
            && set(CURLOPT_SSL_VERIFYPEER, 1)
            && set(CURLOPT_SSL_VERIFYHOST, 2)
            // A resumed session skips the certificate: every new connection shall prove who it is.
            && set(CURLOPT_SSL_SESSIONID_CACHE, 0)
            // Distributions compile in a directory of authorities, which turns off the cache of the parsed CA file: each
            // new connection then costs tens of milliseconds of parsing.
            && set(CURLOPT_CAPATH, nil)
            // An upstream that moved, or whose certificate was revoked, is not spoken to for ever on an old connection.
            && set(CURLOPT_MAXLIFETIME_CONN, 600)
            // Otherwise giving up on a name blocks the loop until the system's resolver has given up.
            && set(CURLOPT_QUICK_EXIT, 1)
            && curlshim_easy_set_list(handle, CURLOPT_RESOLVE, addresses.first) == CURLE_OK
    }

    /// What decides whether a connection is to be trusted.
    func setTrust(_ trust: TrustOptions) -> Bool {
        set(CURLOPT_PROTOCOLS_STR, trust.allowsInsecureHTTP ? "https,http" : "https")
            && set(CURLOPT_CAINFO, trust.caFile)
            // libcurl caches one parsed CA file. It is kept for the system's large one; a private one is read anew with
            // each connection, so that it can also be replaced while the broker runs.
            && set(CURLOPT_CA_CACHE_TIMEOUT, trust.isOfTheSystem ? 24 * 60 * 60 : 0)
    }

    /// Whether there is a proxy, and which. A tunnel in any case: a proxy that reads requests has no place between.
    func setProxy(_ options: ProxyOptions) -> Bool {
        guard let proxy = options.proxy else {
            // An empty proxy, rather than none, keeps libcurl from looking into the environment; so does naming those who
            // need none.
            return set(CURLOPT_PROXY, "")
                && set(CURLOPT_NOPROXY, "*")
                && setCredentials(nil)
        }
        // The port in any case: libcurl has a default of its own for http.
        return set(CURLOPT_PROXY, "\(proxy.url.scheme.rawValue)://\(proxy.url.host):\(proxy.url.effectivePort)")
            && set(CURLOPT_NOPROXY, "")
            && set(CURLOPT_HTTPPROXYTUNNEL, 1)
            && setCredentials(proxy.credentials)
            && (proxy.url.scheme == .http || setProxyTrust(caFile: options.caFile))
    }

    /// In the one option that every version of libcurl percent-decodes; some decode the two others, some do not.
    private func setCredentials(_ credentials: ProxyCredentials?) -> Bool {
        let text = credentials.map { "\($0.userName.percentEncoded):\($0.password.percentEncoded)" }
        return set(CURLOPT_PROXYUSERPWD, text)
    }

    private func setProxyTrust(caFile: String?) -> Bool {
        set(CURLOPT_PROXY_SSLVERSION, CLong(CURL_SSLVERSION_TLSv1_2))
            && set(CURLOPT_PROXY_SSL_VERIFYPEER, 1)
            && set(CURLOPT_PROXY_SSL_VERIFYHOST, 2)
            && set(CURLOPT_PROXY_CAPATH, nil)
            && set(CURLOPT_PROXY_CAINFO, caFile)
    }

    /// Whether a kept connection may be taken, and the one that is taken kept.
    func setReuse(_ isAllowed: Bool) -> Bool {
        set(CURLOPT_FRESH_CONNECT, isAllowed ? 0 : 1) && set(CURLOPT_FORBID_REUSE, isAllowed ? 0 : 1)
    }

    /// How long connecting, proxy and TLS included, and the whole transfer may take.
    func setTimeouts(connecting: Duration, whole: Duration) -> Bool {
        set(CURLOPT_CONNECTTIMEOUT_MS, connecting.curlMilliseconds)
            && set(CURLOPT_TIMEOUT_MS, whole.curlMilliseconds)
    }

    func set(_ option: CURLoption, _ value: CLong) -> Bool {
        curlshim_easy_set_long(handle, option, value) == CURLE_OK
    }

    func set(_ option: CURLoption, _ value: String?) -> Bool {
        curlshim_easy_set_string(handle, option, value) == CURLE_OK
    }
}

extension Secret {
    /// The text with every byte percent-encoded, so that none of it means anything to libcurl.
    fileprivate var percentEncoded: String {
        let digits = Array("0123456789ABCDEF".utf8)
        let bytes = revealBytes().flatMap { [UInt8(ascii: "%"), digits[Int($0 >> 4)], digits[Int($0 & 0xF)]] }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension Duration {
    /// Whole milliseconds as libcurl takes them: rounded up and at least 1, since 0 would mean no limit.
    fileprivate var curlMilliseconds: CLong {
        let (seconds, attoseconds) = components
        guard seconds < Int64(CInt.max) / 1000 else { return CLong(CInt.max) }
        let milliseconds = seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
        return CLong(max(milliseconds, 1))
    }
}

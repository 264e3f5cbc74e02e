import CLibcurl
import CLibcurlShims
import IdentityBroker

/// Sets options on an easy handle. Every function returns whether libcurl accepted all of them.
struct EasyOptions {
    let handle: UnsafeMutableRawPointer

    /// Sets the options that apply to every request of a handle.
    func setLasting(addresses: StringList) -> Bool {
        // No signals: libcurl must not touch the process's handlers. The thread blocks SIGPIPE instead.
        set(CURLOPT_NOSIGNAL, 1)
            && set(CURLOPT_HTTP_VERSION, CLong(CURL_HTTP_VERSION_1_1))
            && set(CURLOPT_HTTP09_ALLOWED, 0)
            && set(CURLOPT_FOLLOWLOCATION, 0)
            && setProxy(.direct)
            && set(CURLOPT_PROXYAUTH, CLong(bitPattern: curlshim_auth_basic))
            // No field of a request, and no secret in one, is sent to a proxy.
            && set(CURLOPT_HEADEROPT, CLong(CURLHEADER_SEPARATE))
            && set(CURLOPT_NETRC, CLong(CURL_NETRC_IGNORED.rawValue))
            && set(CURLOPT_SSLVERSION, CLong(CURL_SSLVERSION_TLSv1_2))
            && set(CURLOPT_SSL_VERIFYPEER, 1)
            && set(CURLOPT_SSL_VERIFYHOST, 2)
            // A resumed session skips the certificate: every new connection must prove its identity.
            && set(CURLOPT_SSL_SESSIONID_CACHE, 0)
            // Distributions compile in a directory of authorities, which turns off the cache of the parsed CA file: each
            // new connection then costs tens of milliseconds of parsing.
            && set(CURLOPT_CAPATH, nil)
            // A limit on how long an old connection to an upstream that moved, or whose certificate was revoked, is
            // used.
            && set(CURLOPT_MAXLIFETIME_CONN, 600)
            // Otherwise, giving up on a name blocks the loop until the system's resolver has given up.
            && set(CURLOPT_QUICK_EXIT, 1)
            && curlshim_easy_set_list(handle, CURLOPT_RESOLVE, addresses.first) == CURLE_OK
    }

    /// Sets what decides whether a connection is trusted.
    func setTrust(_ trust: TrustOptions) -> Bool {
        set(CURLOPT_PROTOCOLS_STR, trust.allowsInsecureHTTP ? "https,http" : "https")
            && set(CURLOPT_CAINFO, trust.caFile)
            // libcurl caches one parsed CA file. The cache is for the system's large file; a private one is read again
            // for each connection, so that it can be replaced while the broker runs.
            && set(CURLOPT_CA_CACHE_TIMEOUT, trust.isOfTheSystem ? 24 * 60 * 60 : 0)
    }

    /// Sets the proxy, or none. A proxy always tunnels, since it must not read requests.
    func setProxy(_ options: ProxyOptions) -> Bool {
        guard let proxy = options.proxy else {
            // An empty proxy, unlike none, keeps libcurl from reading the environment; so does listing the hosts that
            // need no proxy.
            return set(CURLOPT_PROXY, "")
                && set(CURLOPT_NOPROXY, "*")
                && setCredentials(nil)
        }
        // Always with the port: libcurl has its own default for http.
        return set(CURLOPT_PROXY, "\(proxy.url.scheme.rawValue)://\(proxy.url.host):\(proxy.url.effectivePort)")
            && set(CURLOPT_NOPROXY, "")
            && set(CURLOPT_HTTPPROXYTUNNEL, 1)
            && setCredentials(proxy.credentials)
            && (proxy.url.scheme == .http || setProxyTrust(caFile: options.caFile))
    }

    /// Uses the one option that every version of libcurl percent-decodes; only some versions decode the two others.
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

    /// Sets whether to reuse an open connection, and to keep the connection open afterward.
    func setReuse(_ isAllowed: Bool) -> Bool {
        set(CURLOPT_FRESH_CONNECT, isAllowed ? 0 : 1) && set(CURLOPT_FORBID_REUSE, isAllowed ? 0 : 1)
    }

    /// Sets how long connecting (including proxy and TLS) and the whole transfer may take.
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
    /// The text with every byte percent-encoded, so that libcurl interprets none of it.
    fileprivate var percentEncoded: String {
        let digits = Array("0123456789ABCDEF".utf8)
        let bytes = revealBytes().flatMap { [UInt8(ascii: "%"), digits[Int($0 >> 4)], digits[Int($0 & 0xF)]] }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension Duration {
    /// Whole milliseconds for libcurl: rounded up and at least 1, since 0 means no limit.
    fileprivate var curlMilliseconds: CLong {
        let (seconds, attoseconds) = components
        guard seconds < Int64(CInt.max) / 1000 else { return CLong(CInt.max) }
        let milliseconds = seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
        return CLong(max(milliseconds, 1))
    }
}

/// A list of strings for libcurl. It must live at least as long as every handle that it was set on.
final class StringList {
    private(set) var first: UnsafeMutablePointer<curl_slist>?

    init(_ strings: [String]) {
        for string in strings {
            first = curl_slist_append(first, string) ?? first
        }
    }

    deinit {
        curl_slist_free_all(first)
    }
}

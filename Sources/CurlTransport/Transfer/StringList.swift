import CLibcurl

/// Strings in a list as libcurl takes it. The list must live as long as a handle that it was set on.
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

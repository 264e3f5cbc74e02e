import CLibcurl
import CLibcurlShims

/// The libcurl that this process runs with, which may differ from the one that it was built with.
enum CurlLibrary {
    /// Initializes libcurl, once per process, and checks that it supports what the transport needs.
    static func initialize() throws(CurlStartFailure) {
        let result = curlshim_global_init()
        guard result == CURLE_OK else {
            throw CurlStartFailure(.initializationFailed, "libcurl cannot be initialized (code \(result.rawValue)).")
        }
        guard let version = curl_version_info(CURLVERSION_FIRST) else {
            throw CurlStartFailure(.initializationFailed, "libcurl does not say which version it is.")
        }
        if let problem = problem(
            version: version.pointee.version_num,
            features: CInt(truncatingIfNeeded: version.pointee.features)
        ) {
            throw CurlStartFailure(.unsuitableLibrary, problem)
        }
    }

    /// What a libcurl lacks, or nil.
    static func problem(version: UInt32, features: CInt) -> String? {
        guard version >= 0x075700 else {
            return "libcurl 7.87.0 or newer is required. Update libcurl."
        }
        guard features & CURL_VERSION_SSL != 0 else {
            return "libcurl is built without TLS. Install one that is built with it."
        }
        guard features & CURL_VERSION_ASYNCHDNS != 0 else {
            return "libcurl is built without an asynchronous resolver, so that one name that does not resolve would "
                + "block every exchange. Install one that is built with it."
        }
        return nil
    }
}

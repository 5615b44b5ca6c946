const LONGEST_SIDE = 1600; // pixels: a card stays readable
const QUALITIES = [0.8, 0.6, 0.4];
const LARGEST = 600_000; // characters of base64; a lower quality is taken above

/**
 * Shrink a picture of a card to what is worth sending.
 *
 * @param {Blob} file any picture the browser can show
 * @returns {Promise<string>} a JPEG in base64, its longer side at most 1600 pixels
 */
export async function shrinkPhoto(file) {
    const picture = await readPicture(file);
    const [width, height] = [picture.naturalWidth, picture.naturalHeight];
    const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(width * scale));
    canvas.height = Math.max(1, Math.round(height * scale));
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    let photo;
    for (const quality of QUALITIES) {
        photo = canvas.toDataURL("image/jpeg", quality).split(",")[1];
        if (photo.length <= LARGEST) {
            break;
        }
    }
    return photo;
}

/** Load `file` as an image element, which turns it the way it was taken. */
async function readPicture(file) {
    const url = URL.createObjectURL(file);
    try {
        const picture = new Image();
        picture.src = url;
        await picture.decode();
        return picture;
    } finally {
        URL.revokeObjectURL(url);
    }
}

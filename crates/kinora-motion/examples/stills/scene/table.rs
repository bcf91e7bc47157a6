use crate::picture::Picture;
pub(crate) fn render() -> Picture {
    Picture::render(12, 8, |_, _| crate::vector::Vec3::default())
}
